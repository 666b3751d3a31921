"""The audit of kills finds what clients remember otherwise."""

from __future__ import annotations

import psycopg
import pytest

from proof.kills.audit import audit
from proof.kills.client import Memory, Sent

pytestmark = pytest.mark.stack

ACCOUNT = "replay-maker"


@pytest.fixture
def placed(own):
    """An order that was placed: its id and its client's id for it are the same."""
    with psycopg.connect(own.config.postgres_dsn) as connection:
        query = "SELECT order_id FROM projection.orders WHERE account_id = %s AND replaces IS NULL LIMIT 1"
        return connection.execute(query, [ACCOUNT]).fetchone()[0]


async def audited(own, *sent):
    return await audit(own.config, Memory({(ACCOUNT, each.client_order_id): each for each in sent}))


async def test_what_agrees_is_clean(own, placed):
    found = await audited(
        own, Sent(placed, "acknowledged", placed), Sent("never", "refused"), Sent("no", "unavailable")
    )
    assert (found.orders, found.lost, found.duplicated) == (1, [], [])
    assert found.fills > 10


async def test_an_acknowledged_order_that_is_not_there_is_lost(own, placed):
    found = await audited(own, Sent("gone", "acknowledged", "gone"), Sent(placed, "acknowledged", placed))
    assert (len(found.lost), found.duplicated) == (1, [])
    assert "gone" in found.lost[0]


async def test_an_order_under_another_id_is_lost_too(own, placed):
    found = await audited(own, Sent(placed, "acknowledged", "another"))
    assert len(found.lost) == 1


@pytest.mark.parametrize("outcome", ["refused", "unavailable"])
async def test_an_order_that_should_not_be_there_is_one_too_many(own, placed, outcome):
    found = await audited(own, Sent(placed, outcome))
    assert (found.lost, len(found.duplicated)) == ([], 1)
