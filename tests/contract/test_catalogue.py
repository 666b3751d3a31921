"""Names, keys and records of topics are persistent state: changing a line here means migrating every deployment."""

import subprocess
import sys
import textwrap

import pytest

from topics import catalogue
from topics.partition import partition_of

FROZEN = """
commands                     account_id    delete
orders                       symbol        delete
order-events                 account_id    delete
ledger                       account_id    delete
trades                       symbol        delete
trade-corrections            symbol        delete
quotes                       symbol        delete
book-events                  symbol        delete
instruments                  symbol        compact
auctions                     symbol        delete
market-data                  symbol        delete
feed-positions               feed          compact
nbbo                         symbol        delete
prints                       symbol        delete
bars                         symbol        delete
trading-status               symbol        delete
snapshots                    symbol        compact
dead-letters                 source topic  delete
accounts-state-changelog     entry name    compact
matching-state-changelog     entry name    compact
market-data-state-changelog  entry name    compact
"""


def test_names_keys_and_retention_are_frozen():
    declared = [f"{t.name:<28} {t.key:<13} {t.config['cleanup.policy']}" for t in catalogue.TOPICS]
    assert declared == FROZEN.strip().splitlines()


@pytest.mark.parametrize("name", [catalogue.COMMANDS, catalogue.ORDERS])
def test_the_record_is_kept_for_ever(name):
    assert catalogue.BY_NAME[name].config["retention.ms"] == "-1"
    assert catalogue.BY_NAME[name].config["retention.bytes"] == "-1"


def test_faust_names_its_changelogs_as_the_catalogue_does():
    assert catalogue.ACCOUNTS_CHANGELOG == "accounts-state-changelog"
    assert catalogue.MATCHING_CHANGELOG == "matching-state-changelog"
    assert catalogue.MARKET_DATA_CHANGELOG == "market-data-state-changelog"


# Values of Java's org.apache.kafka.common.utils.Utils.murmur2, masked to 31 bits, modulo the count.
@pytest.mark.parametrize(
    ("key", "murmur2"),
    [
        ("21", -973932308),
        ("foobar", -790332482),
        ("a-little-bit-long-string", -985981536),
        ("a-little-bit-longer-string", -1486304829),
        ("abc", 479470107),
    ],
)
def test_keys_are_partitioned_as_in_java(key, murmur2):
    for partitions in (1, 2, 3, 4, 7, 64):
        assert partition_of(key, partitions) == (murmur2 & 0x7FFFFFFF) % partitions


def test_the_partition_does_not_depend_on_the_process():
    code = textwrap.dedent("""
        from topics.partition import partition_of
        print([partition_of(f"A{n}", 7) for n in range(50)])
    """)
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1
