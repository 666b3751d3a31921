"""Everything the fold knows of one symbol, and how what it says is numbered."""

from __future__ import annotations

from typing import TypeVar

from streams.fold import Step
from streams.market_data.window import Window
from topics.messages import (
    Bar,
    BarEntry,
    FaultCount,
    MarketFault,
    Nbbo,
    Print,
    SecurityEntry,
    Snapshot,
    TradingStatus,
    VenueEntry,
)

Numbered = TypeVar("Numbered", Nbbo, Print, Bar, TradingStatus, Snapshot)


class Security:
    """A symbol's terms and statistics (`state`), its venues, the trades that can still be corrected, and their bars."""

    __slots__ = ("bar_end_us", "bars", "entry_name", "is_urgent", "stale_check_us", "state", "venues", "window")

    def __init__(self, state: SecurityEntry) -> None:
        self.state = state
        self.venues: dict[str, VenueEntry] = {}
        self.window = Window(state.symbol)
        self.bars: dict[tuple[int, int], BarEntry] = {}  # by length and start, those that can still change
        self.bar_end_us = 0  # no bar that is not published yet ends before
        self.stale_check_us = 0  # no venue falls silent before
        self.is_urgent = False  # the snapshot does not wait
        self.entry_name = f"security/{state.symbol}"

    def numbered(self, record: Numbered) -> Numbered:
        """A record that is said, with the symbol's next number."""
        self.state.seq += 1
        record.seq = self.state.seq
        self.state.is_unsaid = True
        return record

    def fault(self, fault: MarketFault) -> None:
        """Count what is wrong with a message."""
        faults = self.state.faults
        known = next((each for each in faults if each.fault == fault), None)
        if known is None:
            known = FaultCount(fault, 0)
            faults.append(known)
            faults.sort(key=lambda each: each.fault)
        known.count += 1
        self.state.is_unsaid = True

    def venue_changed(self, step: Step, venue: str) -> None:
        """A venue's entry is due."""
        step.changed[f"venue/{self.state.symbol}/{venue}"] = None

    def is_regular(self) -> bool:
        """Whether the symbol's time is in regular hours."""
        return self.state.open_time_us <= self.state.time_us < self.state.close_time_us
