"""What a replay found, graded against the recording."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field

from feeds.lobster import Best

SHARE_E6 = 1_000_000
Bbo = tuple[int | None, int, int | None, int]  # bid price, quantity, offer price, quantity in 1e-4 and 1e-6


def best_of(bbo: Bbo) -> Best:
    """Our best bid and offer in the recording's units."""
    bid_price_e4, bid_qty_e6, ask_price_e4, ask_qty_e6 = bbo
    return Best(ask_price_e4, ask_qty_e6 // SHARE_E6, bid_price_e4, bid_qty_e6 // SHARE_E6)


@dataclass(slots=True)
class Report:
    """`bbo_equal_before_first_miss` counts rows from the first one on; it is `rows` when there was no miss."""

    rows: int = 0
    bbo_equal: int = 0
    bbo_equal_before_first_miss: int = 0
    visible_executions: int = 0
    fifo_head_hits: int = 0
    orders_per_s: float = 0.0
    missed: bool = False
    started: float = field(default_factory=time.perf_counter)

    def compare(self, ours: Best, theirs: Best) -> None:
        """Grade a row."""
        self.rows += 1
        if ours == theirs:
            self.bbo_equal += 1
            self.bbo_equal_before_first_miss += not self.missed
        else:
            self.missed = True

    def finish(self, commands: int) -> None:
        self.orders_per_s = round(commands / (time.perf_counter() - self.started), 1)

    def as_dict(self) -> dict[str, int | float]:
        """Figures for a program to read."""
        return {name: value for name, value in asdict(self).items() if name not in ("missed", "started")}
