"""A batch to a transaction: redeliveries, gaps, origins, spans of versions, one write an entry, dead letters."""

import pytest

from proof.simulated.broker import Stored
from streams.processor import GapError, Owner, Processor, origin_of
from streams.roles import ACCOUNTS
from streams.watchdog import Watchdog
from tests.streams.chain import chain_role
from topics import catalogue
from topics.codec import decode, encode
from topics.messages import CancelOrder, ExecutionReport
from topics.partition import partition_of

ROLE = chain_role("unit")


def command(offset, key="K", text=None, correlation=b"c"):
    value = encode(CancelOrder(key, text or f"command {offset}", offset))
    return Stored(offset, key.encode(), value, [("correlation-id", correlation)])


def outputs(transaction):
    return transaction.records[("unit-out", 0)]


def entries(transaction):
    return {r.key: r.value for r in transaction.records[(ROLE.changelog, 0)]}


def test_outputs_carry_origin_and_correlation():
    transaction = Processor(ROLE, 0, 1).process([command(0), command(5, correlation=b"other")])
    assert [origin_of(out) for out in outputs(transaction)] == [b"unit-in/0/0/0", b"unit-in/0/5/0"]
    assert [dict(out.headers)["correlation-id"] for out in outputs(transaction)] == [b"c", b"other"]
    assert transaction.mark == 5


def test_an_entry_is_written_once_a_batch_with_its_last_value():
    processor = Processor(ROLE, 0, 1)
    transaction = processor.process([command(n) for n in range(10)])
    written = transaction.records[(ROLE.changelog, 0)]
    assert [record.key for record in written] == [b"K", b"mark"]
    assert decode(entries(transaction)[b"K"]) == processor.fold.entry("K")


def test_what_was_folded_before_is_passed_over():
    processor = Processor(ROLE, 0, 1)
    processor.process([command(0), command(1)])
    assert processor.process([command(0), command(1)]) is None
    assert len(outputs(processor.process([command(1), command(2)]))) == 1


def test_a_loaded_processor_goes_on_as_one_that_never_stopped():
    steady, first = Processor(ROLE, 0, 1), Processor(ROLE, 0, 1)
    batches = [[command(0), command(1, "L")], [command(2), command(3, "L")]]
    steady.process(batches[0])
    second = Processor(ROLE, 0, 1)
    second.load(entries(first.process(batches[0])).items())
    assert second.mark == 1
    assert outputs(second.process(batches[1])) == outputs(steady.process(batches[1]))


def test_the_mark_tells_which_version_folded_from_where():
    processor = Processor(ROLE, 0, 1)
    state = entries(processor.process([command(0), command(1)]))
    newer = Processor(ROLE, 0, 1)
    newer.fold.VERSION = "chain-2"
    newer.load(state.items())
    mark = decode(entries(newer.process([command(2)]))[b"mark"])
    assert [(span.fold_version, span.first_offset) for span in mark.spans] == [("chain-1", 0), ("chain-2", 2)]


@pytest.mark.parametrize(
    ("record", "reason", "text"),
    [
        (Stored(0, b"K", b"garbage", []), "undecodable", "Confluent"),
        (Stored(0, b"K", None, []), "undecodable", "too short"),
        (Stored(0, None, encode(CancelOrder("K", "x", 1)), []), "refused", "without a key"),
        (Stored(0, b"\xff", encode(CancelOrder("K", "x", 1)), []), "refused", "UTF-8"),
        (command(0, text="refuse me"), "refused", "asked to"),
    ],
    ids=["garbage", "no value", "no key", "key not text", "refused by the fold"],
)
def test_bad_input_becomes_a_dead_letter_with_its_origin(record, reason, text):
    processor = Processor(ROLE, 0, 1)
    transaction = processor.process([record, command(1)])
    (letter,) = transaction.records[(catalogue.DEAD_LETTERS, 0)]
    message = decode(letter.value)
    assert (message.reason, message.key, message.value) == (reason, record.key, record.value)
    assert text in message.text
    assert (message.source_topic, message.source_partition, message.source_offset) == ("unit-in", 0, 0)
    assert origin_of(letter) == b"unit-in/0/0/0"
    assert len(outputs(transaction)) == 1
    assert processor.mark == 1


def test_a_record_that_does_not_belong_on_the_topic_is_refused():
    from streams.roles import MATCHING

    transaction = Processor(MATCHING, 0, 1).process([command(0)])
    (letter,) = transaction.records[(catalogue.DEAD_LETTERS, 0)]
    assert "CancelOrder does not belong on orders" in decode(letter.value).text


def test_a_key_in_the_wrong_partition_is_refused():
    """A producer with another partitioner would give an account a second, empty state."""
    right = next(n for n in range(9) if partition_of(f"K{n}", 2) == 0)
    transaction = Processor(ROLE, 1, 2).process([command(0, f"K{right}")])
    (letter,) = [r for (topic, _), rs in transaction.records.items() if topic == catalogue.DEAD_LETTERS for r in rs]
    assert "belongs in partition 0" in decode(letter.value).text


@pytest.mark.parametrize(
    ("observations", "stalled"),
    [
        # (second, mark, end) ...            idle: the end stays
        ([(0, 5, 9), (40, 5, 9), (80, 5, 9)], False),
        # work goes on
        ([(0, 5, 9), (40, 8, 12), (80, 11, 15)], False),
        # records came and were folded late
        ([(0, 5, 9), (20, 5, 12), (29, 5, 12), (35, 11, 12)], False),
        # records came and nothing moves
        ([(0, 5, 9), (5, 5, 9), (10, 5, 12), (36, 5, 12)], True),
    ],
    ids=["idle", "busy", "slow", "stalled"],
)
def test_the_watchdog_tells_stalled_from_idle(observations, stalled):
    dog = Watchdog()
    assert [dog.is_stalled(*seen) for seen in observations][-1] is stalled


@pytest.mark.parametrize("origin", [None, b"commands/0/1/0", b"rogue"])
def test_a_report_that_matching_did_not_cause_is_refused(origin):
    """Accounts take a fill for granted: it has happened. So it must come from matching, whatever a producer writes."""
    report = ExecutionReport("K", "O", "O", None, "AAPL", "Buy", "Trade", 1, 1, 0, 1, 1, 1, "t", None, 0, None, "", 1)
    record = Stored(0, b"K", encode(report), [] if origin is None else [("origin", origin)])
    (letter,) = Processor(ACCOUNTS, 0, 1).process([record]).records[(catalogue.DEAD_LETTERS, 0)]
    assert "must have its origin on orders" in decode(letter.value).text


@pytest.mark.parametrize("time_us", [-1, 2**63 - 1])
def test_a_time_that_no_store_can_write_is_refused(time_us):
    record = Stored(0, b"K", encode(CancelOrder("K", "O", time_us)), [])
    (letter,) = Processor(ROLE, 0, 1).process([record]).records[(catalogue.DEAD_LETTERS, 0)]
    assert "between 1970 and 2200" in decode(letter.value).text


def test_a_letter_is_bounded():
    """Compressed on the wire, a record may be larger than what a topic takes uncompressed."""
    record = Stored(0, b"K", b"g" * 3_000_000, [])
    (letter,) = Processor(ROLE, 0, 1).process([record]).records[(catalogue.DEAD_LETTERS, 0)]
    assert len(letter.value) < 110_000
    assert "2900000 bytes are cut off here" in decode(letter.value).text


@pytest.mark.parametrize("correlation", [None, b"\xff", b"c" * 129, b"a\0b"], ids=["null", "not text", "long", "nul"])
def test_a_correlation_id_that_no_store_could_keep_is_left_out(correlation):
    (out,) = outputs(Processor(ROLE, 0, 1).process([command(0, correlation=correlation)]))
    assert dict(out.headers)["correlation-id"] == b""


def test_a_gap_stops_the_owner():
    owner = Owner(ROLE, 0, 1, log=None)
    owner.check_start(0, 4)
    owner.check_start(3, 9)  # a redelivery is none
    with pytest.raises(GapError, match="offset 10 was due, the batch starts at 11"):
        owner.check_start(11, 12)
