"""A steady load of best bids and offers straight onto `nbbo`, from a process of its own: `python -m bench.feed_quotes`.

With each goes a snapshot of its symbol, as the consolidation writes one ten times a second at most.

Every symbol once, then rounds in which each has one in an order of chance, so that how many a client must get is known.
`receive_time_us` is when a quote is handed to the producer: a delay counts from there, and includes the append.
"""

from __future__ import annotations

import argparse
import json
import random
import time

from confluent_kafka import Producer

from config.settings import Settings, settings
from topics.catalogue import NBBO, SNAPSHOTS
from topics.codec import encode
from topics.messages import Nbbo, Snapshot
from topics.partition import partition_of

TICK_S = 0.005


def names(symbols: int) -> list[str]:
    """Symbols of the load."""
    return [f"F{number:04}" for number in range(symbols)]


def quote(symbol: str, seq: int, now_us: int) -> Nbbo:
    """A quote that differs from the symbol's last."""
    price_e4 = 1_000_000 + seq % 100 * 100
    return Nbbo(
        symbol=symbol,
        seq=seq,
        bid_price_e4=price_e4,
        bid_qty_e6=300_000_000,
        bid_venue="XNAS",
        ask_price_e4=price_e4 + 100,
        ask_qty_e6=500_000_000,
        ask_venue="ARCX",
        condition="Regular",
        limit_state="NoBands",
        trading_state="Trading",
        transact_time_us=now_us,
        receive_time_us=now_us,
    )


def snapshot(symbol: str, seq: int, now_us: int) -> Snapshot:
    """The symbol's state after a quote."""
    price_e4 = 1_000_000 + seq % 100 * 100
    return Snapshot(
        symbol=symbol,
        seq=seq,
        session_id="2026-01-02",
        bid_price_e4=price_e4,
        bid_qty_e6=300_000_000,
        bid_venue="XNAS",
        ask_price_e4=price_e4 + 100,
        ask_qty_e6=500_000_000,
        ask_venue="ARCX",
        condition="Regular",
        trading_state="Trading",
        limit_state="NoBands",
        reference_price_e4=None,
        lower_price_e4=None,
        upper_price_e4=None,
        last_price_e4=price_e4,
        last_qty_e6=100_000_000,
        last_venue="XNAS",
        last_time_us=now_us,
        open_e4=price_e4,
        high_e4=price_e4,
        low_e4=price_e4,
        close_e4=None,
        previous_close_e4=None,
        net_change_e4=None,
        cum_qty_e6=100_000_000,
        cum_amount_e4=price_e4 * 100,
        vwap_e4=price_e4,
        trade_count=1,
        faults=[],
        transact_time_us=now_us,
        receive_time_us=now_us,
    )


class Quotes:
    """The producer, and the number of each symbol's last quote."""

    def __init__(self, config: Settings, symbols: list[str], begin: int) -> None:
        self.producer = Producer(
            {"bootstrap.servers": config.kafka_bootstrap, "enable.idempotence": True, "linger.ms": 2}
        )
        self.places = {symbol: partition_of(symbol, config.partitions) for symbol in symbols}
        self.seq = dict.fromkeys(symbols, begin)

    def send(self, symbol: str) -> None:
        """The symbol's next quote, and a snapshot with it in."""
        self.seq[symbol] = seq = self.seq[symbol] + 2
        now_us = time.time_ns() // 1000
        for topic, record in ((NBBO, quote(symbol, seq - 1, now_us)), (SNAPSHOTS, snapshot(symbol, seq, now_us))):
            self.producer.produce(topic, value=encode(record), key=symbol.encode(), partition=self.places[symbol])

    def rounds(self, count: int, rate: float) -> dict[str, float]:
        """So many quotes of each symbol at a rate; quotes sent, seconds, and how late the latest was."""
        chance, order = random.Random(1), list(self.seq)
        began, sent, late_s = time.monotonic(), 0, 0.0
        for _ in range(count):
            chance.shuffle(order)
            for symbol in order:
                due = began + sent // max(1, int(rate * TICK_S)) * TICK_S
                if (early := due - time.monotonic()) > 0:
                    self.producer.poll(0)
                    time.sleep(early)
                else:
                    late_s = max(late_s, -early)
                self.send(symbol)
                sent += 1
        self.producer.flush()
        return {"sent": sent, "seconds": round(time.monotonic() - began, 2), "late_ms": round(late_s * 1000, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("symbols", "begin", "rounds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True, help="quotes a second")
    asked = parser.parse_args()
    print(json.dumps(Quotes(settings(), names(asked.symbols), asked.begin).rounds(asked.rounds, asked.rate)))


if __name__ == "__main__":
    main()
