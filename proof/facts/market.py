"""A simulated day: the generator's flow through the matching fold, without stores, accounts and clients."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from feeds.flow.actions import Action, Best, Cancel, Submit
from feeds.flow.flow import Flow
from feeds.flow.universe import Listed
from streams.matching.book import Book, BookSide
from streams.matching.fold import MatchingFold
from topics.messages import CancelRequest, DefineInstrument, ExecutionReport, NewOrder, Quote, SessionCommand, Trade

WARM_UP_US = 1_800_000_000  # before the day; nothing of it is recorded
DEPTH_EVERY_US = 60_000_000
DEPTH_TICKS = 40
TICK_E4 = 100
_WORST_E4 = {"Buy": 10_000_000_000, "Sell": 1}
_ENDED = ("Canceled", "Expired", "Rejected")


@dataclass(slots=True)
class Tape:
    """What a symbol's market showed, in columns; times in microseconds from the begin of the day, prices in 1e-4."""

    quote_us: array[int] = field(default_factory=lambda: array("q"))
    bid_e4: array[int] = field(default_factory=lambda: array("q"))  # 0 without one
    ask_e4: array[int] = field(default_factory=lambda: array("q"))
    trade_us: array[int] = field(default_factory=lambda: array("q"))
    trade_qty_e6: array[int] = field(default_factory=lambda: array("q"))
    trade_sign: array[int] = field(default_factory=lambda: array("q"))  # 1 when a buyer took, -1 when a seller did
    action_us: array[int] = field(default_factory=lambda: array("q"))
    depth_e6: list[list[int]] = field(default_factory=list)  # a row a minute and side: quantity by ticks from the best
    halts: int = 0


class SimulatedMarket:
    """Carries the flow's actions out in a matching fold, and records."""

    def __init__(self, flow: Flow, listed: tuple[Listed, ...], begin_us: int) -> None:
        self.tapes = {each.symbol: Tape() for each in listed}
        self._flow, self._begin_us, self._fold = flow, begin_us, MatchingFold()
        self._best = {each.symbol: Best() for each in listed}
        for each in listed:
            terms = DefineInstrument(
                each.symbol, each.name, "Active", "Rule612", each.price_e4, 1, "operator", flow.now_us
            )
            self._fold.apply(each.symbol, terms)
            self._carry_out(flow.now_us, flow.open(each.symbol))

    def run(self, end_us: int, progress: Callable[[int], None]) -> None:
        """Until a time; `progress` is told the time once a minute."""
        next_us = self._flow.now_us
        while self._flow.next_us < end_us:
            if self._flow.next_us >= next_us:
                if next_us >= self._begin_us:
                    self._record_depth()
                progress(next_us)
                next_us += DEPTH_EVERY_US
            self._carry_out(*self._flow.step(self._best.__getitem__))

    def _carry_out(self, time_us: int, actions: list[Action]) -> None:
        for action in actions:
            command = _command(action, time_us)
            if time_us >= self._begin_us:
                tape = self.tapes[action.symbol]
                tape.action_us.append(time_us - self._begin_us)
                tape.halts += isinstance(command, SessionCommand) and command.kind == "Halt"
            for output in self._fold.apply(action.symbol, command).outputs:
                self._note(action.symbol, output.message)

    def _note(self, symbol: str, message: object) -> None:
        if isinstance(message, ExecutionReport):
            if message.exec_type in _ENDED or (message.exec_type == "Trade" and not message.leaves_qty_e6):
                self._flow.gone(symbol, int(message.order_id))
        elif isinstance(message, Quote):
            self._best[symbol] = Best(message.bid_price_e4, message.ask_price_e4)
            if message.transact_time_us >= self._begin_us:
                tape = self.tapes[symbol]
                tape.quote_us.append(message.transact_time_us - self._begin_us)
                tape.bid_e4.append(message.bid_price_e4 or 0)
                tape.ask_e4.append(message.ask_price_e4 or 0)
        elif isinstance(message, Trade) and message.transact_time_us >= self._begin_us:
            tape = self.tapes[symbol]
            tape.trade_us.append(message.transact_time_us - self._begin_us)
            tape.trade_qty_e6.append(message.qty_e6)
            tape.trade_sign.append(1 if message.aggressor_side == "Buy" else -1)

    def _record_depth(self) -> None:
        for symbol, tape in self.tapes.items():
            book: Book = self._fold.book(symbol)
            tape.depth_e6 += [_profile(side) for side in (book.bids, book.asks) if side.keys]


def _profile(side: BookSide) -> list[int]:
    best, row = side.keys[-1], [0] * DEPTH_TICKS
    for key, level in side.levels.items():
        ticks = (best - key) // TICK_E4
        if ticks < DEPTH_TICKS:
            row[ticks] += level.qty_e6
    return row


def _command(action: Action, time_us: int) -> NewOrder | CancelRequest | SessionCommand:
    """The action as the pre-trade checks would pass it to the book; makers and takers have accounts of their own."""
    if isinstance(action, Submit):
        rests = action.price_e4 is not None
        return NewOrder(
            account_id="maker" if rests else "taker",
            order_id=str(action.number),
            symbol=action.symbol,
            side=action.side,
            order_type="Limit" if rests else "Market",
            time_in_force="GoodTillCancel" if rests else "ImmediateOrCancel",
            qty_e6=action.qty_e6,
            limit_price_e4=action.price_e4,
            stop_price_e4=None,
            expire_time_us=None,
            post_only=False,
            self_match_prevention="Off",
            worst_price_e4=action.price_e4 or _WORST_E4[action.side],
            instrument_version=1,
            transact_time_us=time_us,
        )
    if isinstance(action, Cancel):
        name = str(action.number)
        return CancelRequest("maker", name, name, action.symbol, time_us)
    kind = type(action).__name__
    return SessionCommand(action.symbol, "simulated", "Halt" if kind == "Halt" else "Resume", "operator", time_us)


def simulate_day(
    listed: tuple[Listed, ...], seed: int, rate_per_s: float, minutes: int, progress: Callable[[int], None]
) -> dict[str, Tape]:
    """Tapes by symbol of a day of so many minutes after a warm-up; `progress` is told each minute that is done."""
    day_us = minutes * 60_000_000
    start_us = day_us - min(WARM_UP_US, day_us)
    flow = Flow(listed, seed, rate_per_s, start_us, day_us)
    market = SimulatedMarket(flow, listed, day_us)
    market.run(2 * day_us, lambda time_us: progress((time_us - start_us) // 60_000_000))
    return market.tapes
