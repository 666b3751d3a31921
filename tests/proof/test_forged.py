"""Verify finds trades that nobody made. They stay on the topic, so these tests have a stack of their own."""

from __future__ import annotations

import pytest

from proof.verify import verify
from tests.proof.traded import produce, quiet, traded
from topics import catalogue
from topics.codec import encode
from topics.messages import Trade

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
async def own(tmp_path_factory):
    async with traded(tmp_path_factory.mktemp("days") / "day") as running:
        yield running


@pytest.mark.parametrize("header", [b"orders/0/6/0", b"orders/0/999999/0", b"commands/0/3/0", b"nonsense", b""])
async def test_a_forged_trade_is_found_whatever_origin_it_claims(own, header):
    trade = Trade("XYZ-9999", "XYZ", 9999, 100, 1_000_000, 100, "Buy", "a", "b", 1)
    await produce(own.config, catalogue.TRADES, encode(trade), [("origin", header)] if header else [])
    found = await verify(own.config, quiet)
    assert not found.ok
    claimed = [each.origin for each in found.log.differences if each.topic == catalogue.TRADES]
    assert header.decode().rpartition("/")[0] in [origin.rpartition("/")[0] for origin in claimed]
