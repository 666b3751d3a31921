"""The trades of the last five minutes of a symbol: those that can be corrected, and that price bands are made of."""

from __future__ import annotations

from bisect import insort

from streams.fold import Step
from topics.messages import TapeEntry, TapeTrade

WINDOW_US = 300_000_000
CHUNK = 32  # trades an entry


class Window:
    """Trades by number and by event time, with the sum of those prices that a mean is made of."""

    __slots__ = ("_by_time", "by_id", "count", "since_us", "sum_e4", "symbol", "trades")

    def __init__(self, symbol: str) -> None:
        self.symbol = symbol
        self.trades: dict[int, TapeTrade] = {}
        self.by_id: dict[tuple[str, str], int] = {}  # venue and its id to the number
        self._by_time: list[tuple[int, int]] = []
        self.since_us = 0  # trades before do not count for the mean
        self.sum_e4 = self.count = 0

    def add(self, step: Step, trade: TapeTrade) -> None:
        """Take a trade in, or the corrected form of one."""
        self._forget(self.trades.get(trade.print_seq))
        self.trades[trade.print_seq] = trade
        insort(self._by_time, (trade.transact_time_us, trade.print_seq))
        if trade.trade_id:
            self.by_id[trade.venue, trade.trade_id] = trade.print_seq
        self._count(trade, 1)
        self._changed(step, trade.print_seq)

    def cancel(self, step: Step, print_seq: int) -> None:
        """Take a trade out."""
        self._forget(self.trades.get(print_seq))
        self._changed(step, print_seq)

    def expire(self, step: Step, time_us: int) -> list[TapeTrade]:
        """Take out what is five minutes old, oldest first."""
        old = []
        while self._by_time and self._by_time[0][0] <= time_us - WINDOW_US:
            trade = self.trades[self._by_time[0][1]]
            self._forget(trade)
            old.append(trade)
            if not self._chunk(trade.print_seq // CHUNK):  # the rest of an entry is left out when it is loaded
                self._changed(step, trade.print_seq)
        return old

    def mean_since(self, time_us: int) -> None:
        """Count for the mean only trades from a time on."""
        self.since_us = time_us
        self.sum_e4 = self.count = 0
        for trade in self.trades.values():
            self._count(trade, 1)

    def load(self, entry: TapeEntry) -> None:
        """Take the trades of an entry back in."""
        for trade in entry.trades:
            self.add(Step(), trade)

    def entry_name(self, print_seq: int) -> str:
        """Name of the entry that holds a trade."""
        return f"tape/{self.symbol}/{print_seq // CHUNK}"

    def in_order(self) -> list[TapeTrade]:
        """All of them by event time, then number."""
        return [self.trades[number] for _, number in self._by_time]

    def entry(self, chunk: int) -> TapeEntry | None:
        """The trades of an entry that are still here."""
        trades = self._chunk(chunk)
        return TapeEntry(self.symbol, trades) if trades else None

    def _chunk(self, chunk: int) -> list[TapeTrade]:
        numbers = range(chunk * CHUNK, (chunk + 1) * CHUNK)
        return [self.trades[number] for number in numbers if number in self.trades]

    def _forget(self, trade: TapeTrade | None) -> None:
        if trade is None:
            return
        del self.trades[trade.print_seq]
        self._by_time.remove((trade.transact_time_us, trade.print_seq))
        if self.by_id.get((trade.venue, trade.trade_id)) == trade.print_seq:
            del self.by_id[trade.venue, trade.trade_id]
        self._count(trade, -1)

    def _count(self, trade: TapeTrade, sign: int) -> None:
        if trade.updates_last and trade.transact_time_us >= self.since_us:
            self.sum_e4 += sign * trade.price_e4
            self.count += sign

    def _changed(self, step: Step, print_seq: int) -> None:
        step.changed[self.entry_name(print_seq)] = None
