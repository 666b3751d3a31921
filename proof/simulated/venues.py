"""One seed, one run of consolidation: venues quote and trade, workers crash, freeze, wake and are replaced."""

from __future__ import annotations

import random
from typing import Any

from proof.simulated.broker import Broker, Fenced
from proof.simulated.records import Violation, require
from proof.simulated.worker import Worker
from streams.refold import compare, refold
from streams.roles import MARKET_DATA
from topics import catalogue
from topics.codec import decode, encode
from topics.messages import FeedHeartbeat, SecurityDefinition, TradeCorrection, VenueQuote, VenueStatus, VenueTrade

OPEN_US = 1_714_570_200_000_000
DAY_US = 23_400_000_000
E6 = 1_000_000
SYMBOLS, VENUES, FEED = ("AAA", "BBB", "CCC"), ("N", "P", "Q"), "made"
STEPS_MAX = 100_000


class Venues:
    """Appends what venues say, and now and then what they should not."""

    def __init__(self, broker: Broker, seed: int) -> None:
        self.broker, self.random = broker, random.Random(seed)
        self.time_us = OPEN_US - E6
        self.trades: list[VenueTrade] = []
        self.sent = 0

    def open_market(self) -> None:
        for symbol in SYMBOLS[:-1]:  # nobody defines the last one
            day = SecurityDefinition(
                symbol=symbol,
                session_id="2024-05-01",
                open_time_us=OPEN_US,
                close_time_us=OPEN_US + DAY_US,
                tier=1,
                primary_venue="",
                previous_close_e4=1_000_000,
                condition_table="Cta",
                stale_after_us=60 * E6,
                day_margin_us=None,
                feed=FEED,
                feed_position=0,
                transact_time_us=self.time_us,
                receive_time_us=self.time_us,
            )
            self.broker.append(catalogue.MARKET_DATA, symbol, encode(day))

    def act(self) -> None:
        """One message, of a heartbeat one a partition; sometimes bytes that are none."""
        self.sent += 1
        self.time_us += self.random.choice((0, 1000, 700_000, 5_000_000))
        if self.random.random() < 0.1:
            beat = encode(FeedHeartbeat(FEED, self.time_us, self.time_us))
            for partition in range(self.broker.partitions):
                self.broker.append(catalogue.MARKET_DATA, FEED, beat, partition=partition)
            return
        message = self._message()
        value = b"?" if self.random.random() < 0.02 else encode(message)
        self.broker.append(catalogue.MARKET_DATA, message.symbol, value)

    def _message(self) -> Any:
        choose = self.random.choice
        common: dict[str, Any] = {"symbol": choose(SYMBOLS), "venue": choose(VENUES), "feed": FEED}
        common |= {"feed_position": self.sent, "transact_time_us": self.time_us, "receive_time_us": self.time_us}
        kind = self.random.random()
        if kind < 0.5:
            bid, ask = (self.random.randint(999_000, 1_001_000) for _ in range(2))
            sizes: dict[str, Any] = {"bid_qty_e6": choose((1, 2)) * E6, "ask_qty_e6": choose((0, 1, 2)) * E6}
            quote: dict[str, Any] = {"bid_price_e4": bid, "ask_price_e4": ask, "conditions": "", "suspicious": False}
            return VenueQuote(**common, **sizes, **quote, venue_seq=None)
        if kind < 0.8 or not self.trades:
            price, late = self.random.randint(900_000, 1_100_000), choose((0, 0, 3_000_000))
            common["transact_time_us"] -= late
            terms: dict[str, Any] = {
                "price_e4": price,
                "qty_e6": E6,
                "conditions": choose(("", "I", "Z")),
                "trade_id": str(self.sent),
            }
            trade = VenueTrade(**common, **terms, venue_seq=None, aggressor_side=None, suspicious=False)
            self.trades.append(trade)
            return trade
        if kind < 0.95:
            old = choose(self.trades[-10:])
            common |= {"symbol": old.symbol, "venue": old.venue, "trade_id": old.trade_id}
            return TradeCorrection(
                **common, printed=None, kind="Cancel", venue_seq=None, price_e4=None, qty_e6=None, conditions=""
            )
        return VenueStatus(**common, kind=choose(("Halt", "Resume", "Stale")), reason="")


def run(seed: int, messages: int = 80) -> dict[str, int]:
    """Run a seed to its end; what it did, by kind. Raises Violation."""
    chance = random.Random(seed)
    broker = Broker(chance.choice((1, 2)))
    venues = Venues(broker, seed)
    venues.open_market()
    did = dict.fromkeys(("crashes", "zombies", "fenced", "letters"), 0)

    def start(partition: int) -> Worker:
        return Worker(broker, MARKET_DATA, partition, chance.randrange(1 << 30))

    owners = {partition: start(partition) for partition in range(broker.partitions)}
    zombies: list[Worker] = []

    def lives_on(worker: Worker) -> bool:
        try:
            worker.advance()
        except Fenced:
            did["fenced"] += 1
            return False
        return True

    for _ in range(STEPS_MAX):
        if venues.sent < messages and chance.random() < 0.3:
            venues.act()
        if zombies and chance.random() < 0.1 and not lives_on(zombies[-1]):
            zombies.pop()
        at = chance.choice(list(owners))
        trouble = chance.random()
        if trouble < 0.03:
            did["crashes"] += 1
            owners[at].crash()
            owners[at] = start(at)
        elif trouble < 0.06:
            did["zombies"] += 1
            zombies.append(owners[at])
            owners[at] = start(at)
        elif not lives_on(owners[at]):
            owners[at] = start(at)
        if venues.sent == messages and all(owner.is_at_rest() for owner in owners.values()):
            break
    else:
        raise Violation("consolidation does not come to rest")
    for worker in (*owners.values(), *zombies):
        worker.crash()
    did["letters"] = _check(broker)
    return did


def _check(broker: Broker) -> int:
    """A crash-free fold of the same log gives the same outputs, and numbers have no gap. Returns the dead letters."""
    found = [
        (topic, stored)
        for topic in catalogue.BY_NAME
        for partition in range(broker.partitions)
        for stored in broker.committed(topic, partition)
        if not topic.endswith("-changelog") and topic != catalogue.MARKET_DATA
    ]
    for partition in range(broker.partitions):
        records = broker.committed(MARKET_DATA.source, partition)
        differences = compare(MARKET_DATA, partition, refold(MARKET_DATA, partition, broker.partitions, records), found)
        require(not differences, f"refold differs: {differences[:1]}")
    numbers: dict[str, list[int]] = {}
    letters = 0
    for topic, stored in found:
        message = decode(stored.value)
        if topic == catalogue.DEAD_LETTERS:
            letters += 1
        else:
            numbers.setdefault(message.symbol, []).append(message.seq)
    for symbol, seqs in numbers.items():
        require(sorted(seqs) == list(range(1, len(seqs) + 1)), f"{symbol}: numbers are not 1 to {len(seqs)}")
    return letters
