"""The market's history in ClickHouse: rows, bars of every length and views are what the topics say."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from functools import partial

import pytest

from sinks.clickhouse.connect import connect
from sinks.errors import StoreDown
from stack.own_stack import OwnStack, own_stack
from stack.processes import MIGRATE, SINK_CLICKHOUSE
from tests.sinks.history import assert_views_equal_to_tables, produce_market
from tests.sinks.stores import TOPICS, Stores, until

pytestmark = pytest.mark.stack


def test_rows_and_bars_are_what_the_topics_say(stores):
    produce_market(stores, "HISTORY", 130)
    with stores.running("clickhouse"):
        stores.wait_stored("clickhouse")
    stores.assert_equal_to_log("clickhouse")
    assert_views_equal_to_tables(stores)
    counts = {name: len(rows) for name, rows in stores.stored("clickhouse").items()}
    assert {name: counts[name] for name in ("quotes", "nbbo", "trades", "trading_status", "bars")} == {
        "quotes": 390,
        "nbbo": 130,
        "trades": 130,
        "trading_status": 1,
        "bars": 346,
    }


class Running(Stores):
    """The store of a stack that is supervised: whatever is killed starts again."""

    def __init__(self, own: OwnStack) -> None:
        self.own, self.config = own, own.config
        self.starts = {(topic, 0): 0 for topic in TOPICS["clickhouse"]}

    def kill(self, name: str) -> None:
        """kill -9, and wait until another one runs."""
        pid = self.own.running()[name].pid
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.own.running()[name].pid != pid and self.answers(), f"{name} runs again")

    def answers(self) -> bool:
        with suppress(StoreDown), connect(self.config):
            return True
        return False


@pytest.mark.slow
def test_kill_9_of_sink_and_clickhouse_in_turn_loses_and_doubles_nothing():
    kills = int(os.environ.get("TAPELINE_TEST_KILLS", "4"))
    chance = random.Random(kills)
    with own_stack([MIGRATE, SINK_CLICKHOUSE]) as own:
        stores = Running(own)
        until(lambda: stores.offsets("clickhouse").keys() == stores.starts.keys(), "the sink begins")
        for number in range(kills):
            before = stores.offsets("clickhouse")
            produce_market(stores, f"KILL{number}", 120)
            until(partial(lambda at: stores.offsets("clickhouse") != at, before), "the sink stores something")
            time.sleep(chance.uniform(0.0, 0.3))
            stores.kill(("sink-clickhouse", "clickhouse")[number % 2])
        produce_market(stores, "KILLED", 5)
        stores.wait_stored("clickhouse")
        stores.assert_equal_to_log("clickhouse")
        assert len({row[0] for row in stores.stored("clickhouse")["nbbo"]}) == kills + 1
        assert_views_equal_to_tables(stores)
