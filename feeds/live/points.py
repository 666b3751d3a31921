"""Data points of Alpaca's market data stream (v2, stocks) as what a venue says; types by their letter `T`.

t trade, q quote (the consolidated best bid and offer, each side with its exchange), s status, l limit up-limit down
bands, c correction, x cancel or error, b/u/d bars. Prices are decimals in JSON and doubles in msgpack, whose shortest
form is the decimal that was sent; times are RFC 3339 with nanoseconds, in msgpack its timestamps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any

from msgpack import Timestamp

from feeds.best_pair import Pair, Side
from topics.messages import TradeCorrection, VenueBands, VenueStatus, VenueStatusKind, VenueTrade

E4, E6 = 10_000, 1_000_000
REGULAR = "R"  # quote condition of both tapes
# Status codes: of the tapes A and B (CTA) 2 and 3, of C (UTP) letters. Others, such as imbalances, change no state.
STATES: dict[str, VenueStatusKind] = {
    "2": "Halt",
    "3": "Resume",
    "H": "Halt",
    "P": "Halt",
    "Q": "QuotesOnly",
    "T": "Resume",
}
PLANS = {"A": "CTA", "B": "CTA", "C": "UTP", "O": "UTP"}  # who says what is of a symbol and no exchange, by tape

Record = VenueTrade | TradeCorrection | VenueStatus | VenueBands
Point = Mapping[str, Any]


class Unusable(ValueError):
    """A data point that becomes no record: the kind that is counted, and why where it is an error."""

    def __init__(self, kind: str, why: str = "") -> None:
        super().__init__(why)
        self.kind = kind


@dataclass(slots=True)
class Event:
    """A data point. `said` is its record, yet without the feed's own part; of a quote it is both sides."""

    symbol: str
    tape: str
    time_ns: int
    said: Record | Pair
    identity: tuple[object, ...]  # the same on every line that carries it, and as read back off the topic
    conditions: str = ""  # of a quote that is not regular
    renamed: str = ""  # of a correction: the id that the trade has from now on

    @property
    def is_quote(self) -> bool:
        """Whether it says how things are from now on, so that a later one replaces it."""
        return isinstance(self.said, tuple)


def event_of(point: Point, lot: int) -> Event:
    """A data point as an event; quotes count lots of so many shares. Raises Unusable."""
    kind = point.get("T")
    if kind in ("b", "u", "d"):
        raise Unusable("bar")  # bars are made here, of the trades
    make = _MAKERS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise Unusable("unknown-type", f"type {kind!r}")
    try:
        return make(point, lot)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        if isinstance(error, Unusable):
            raise
        raise Unusable("malformed", f"{dict(point)}: {error!r}") from None


def identity_of(record: Record) -> tuple[object, ...]:
    """What makes a record the same event on another line."""
    if isinstance(record, VenueTrade):
        return "t", record.symbol, record.venue, record.trade_id
    if isinstance(record, TradeCorrection):
        if record.kind == "Cancel":
            return "x", record.symbol, record.venue, record.trade_id
        terms = record.price_e4, record.qty_e6, record.conditions
        return "c", record.symbol, record.venue, record.trade_id, *terms, record.transact_time_us
    if isinstance(record, VenueStatus):
        return "s", record.symbol, record.venue, record.kind, record.reason, record.transact_time_us
    bands = record.lower_price_e4, record.upper_price_e4, record.indicator
    return "l", record.symbol, *bands, record.transact_time_us


def _event(point: Point, record: Record, renamed: str = "") -> Event:
    tape, at_ns = str(point.get("z", "")), time_ns(point["t"])
    return Event(record.symbol, tape, at_ns, record, identity_of(record), renamed=renamed)


def _symbol(point: Point) -> str:
    symbol = point["S"]
    if not isinstance(symbol, str) or not symbol:
        raise ValueError(f"symbol {symbol!r}")
    return symbol


def _common(point: Point) -> dict[str, Any]:
    time_us = time_ns(point["t"]) // 1000
    return {
        "symbol": _symbol(point),
        "feed": "",
        "feed_position": 0,
        "transact_time_us": time_us,
        "receive_time_us": 0,
    }


def _trade(point: Point, lot: int) -> Event:
    record = VenueTrade(
        venue=str(point["x"]),
        venue_seq=None,
        trade_id=str(point["i"]),
        price_e4=scaled(point["p"], E4),
        qty_e6=scaled(point["s"], E6),
        conditions=_conditions(point.get("c")),
        aggressor_side=None,
        suspicious=False,
        **_common(point),
    )
    return _event(point, record)


def _quote(point: Point, lot: int) -> Event:
    bid, ask = (_side(point, side, lot) for side in ("b", "a"))
    symbol, at_ns = _symbol(point), time_ns(point["t"])
    conditions = _conditions(point.get("c")).replace(REGULAR, "")
    return Event(symbol, str(point.get("z", "")), at_ns, (bid, ask), ("q", bid, ask, conditions), conditions)


def _side(point: Point, side: str, lot: int) -> Side | None:
    """An exchange's price and quantity; zeros are an empty side."""
    price_e4, qty_e6 = scaled(point[f"{side}p"], E4), scaled(point[f"{side}s"], E6) * lot
    return (str(point[f"{side}x"]), price_e4, qty_e6) if price_e4 or qty_e6 else None


def _status(point: Point, lot: int) -> Event:
    kind = STATES.get(str(point["sc"]))
    if kind is None:
        raise Unusable("no-state")
    reason = str(point.get("rc", "")).strip()
    return _event(point, VenueStatus(venue=_plan(point), kind=kind, reason=reason, **_common(point)))


def _bands(point: Point, lot: int) -> Event:
    lower, upper = scaled(point["d"], E4), scaled(point["u"], E4)
    bands = VenueBands(lower_price_e4=lower, upper_price_e4=upper, indicator=str(point["i"]), **_common(point))
    return _event(point, bands)


def _cancel(point: Point, lot: int) -> Event:
    record = TradeCorrection(
        venue=str(point["x"]),
        venue_seq=None,
        kind="Cancel",
        trade_id=str(point["i"]),
        price_e4=None,
        qty_e6=None,
        conditions="",
        printed=None,
        **_common(point),
    )
    return _event(point, record)


def _correction(point: Point, lot: int) -> Event:
    record = TradeCorrection(
        venue=str(point["x"]),
        venue_seq=None,
        kind="Correct",
        trade_id=str(point["oi"]),
        price_e4=scaled(point["cp"], E4),
        qty_e6=scaled(point["cs"], E6),
        conditions=_conditions(point.get("cc")),
        printed=None,
        **_common(point),
    )
    return _event(point, record, renamed=str(point["ci"]))


_MAKERS: dict[str, Callable[[Point, int], Event]] = {
    "t": _trade,
    "q": _quote,
    "s": _status,
    "l": _bands,
    "x": _cancel,
    "c": _correction,
}


def _plan(point: Point) -> str:
    return PLANS.get(str(point.get("z", "")), "SIP")


def _conditions(codes: Any) -> str:
    """Sale conditions, a character each."""
    return "".join(codes or ())


def scaled(number: Any, unit: int) -> int:
    """A decimal in units of 1/unit, to the nearest. Raises TypeError, ValueError or ArithmeticError for no number."""
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        raise TypeError(f"{number!r} is no number")
    if isinstance(number, int):
        return number * unit
    exact = Decimal(repr(number)) if isinstance(number, float) else number
    return int((exact * unit).to_integral_value(ROUND_HALF_EVEN))


def time_ns(time: Any) -> int:
    """A time of either encoding, nanoseconds since the epoch UTC."""
    if isinstance(time, Timestamp):
        return int(time.to_unix_nano())
    if not isinstance(time, str) or not time.endswith("Z"):
        raise ValueError(f"{time!r} is no time in UTC")
    seconds, _, fraction = time[:-1].partition(".")
    if len(fraction) > 9 or (fraction and not fraction.isdecimal()):
        raise ValueError(f"{time!r} is no time in UTC")
    return _second(seconds) * 1_000_000_000 + int(fraction.ljust(9, "0"))


@lru_cache(maxsize=1024)
def _second(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())
