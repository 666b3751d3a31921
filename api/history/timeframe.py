"""How long a bar is, in Alpaca's words: `5Min`, `2Hour`, `1Day`, `1Week`, `3Month`.

Days, weeks and months are New York's. Bars of minutes and hours begin at multiples of their length since New York's
midnight, so that the last one of a day may be shorter than the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.problems import invalid

RULE = "is 1 to 59 Min, 1 to 23 Hour, 1Day, 1Week, or 1, 2, 3, 6 or 12 Month, such as 5Min"
ZONE = "America/New_York"
_FORM = re.compile(r"([1-9][0-9]?)(Min|T|Hour|H|Day|D|Week|W|Month|M)")
_UNITS = {"T": "Min", "H": "Hour", "D": "Day", "W": "Week", "M": "Month"}
_AMOUNTS = {
    "Min": range(1, 60),
    "Hour": range(1, 24),
    "Day": range(1, 2),
    "Week": range(1, 2),
    "Month": (1, 2, 3, 6, 12),
}
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
_LONGEST_S = {"Min": MINUTE_S, "Hour": HOUR_S, "Day": 25 * HOUR_S, "Week": 7 * DAY_S + HOUR_S, "Month": 31 * DAY_S}
_STORED = (("bars_1h", HOUR_S), ("bars_15m", 15 * MINUTE_S), ("bars_5m", 5 * MINUTE_S), ("bars_1m", MINUTE_S))


@dataclass(frozen=True, slots=True)
class Timeframe:
    """A number of units."""

    amount: int
    unit: str

    @property
    def longest_s(self) -> int:
        """What no bar is longer than."""
        return self.amount * _LONGEST_S[self.unit]

    def stored(self) -> tuple[str, int]:
        """The longest stored bars that it is made of: their table, and their length in seconds."""
        if self.unit not in ("Min", "Hour"):
            return "bars_1d", DAY_S
        return next((table, length_s) for table, length_s in _STORED if self.longest_s % length_s == 0)

    def start(self) -> str:
        """Begin of the bar that a stored bar's `start_time` is in, in SQL, as seconds since the epoch."""
        if self.unit == "Week":
            return f"toUnixTimestamp(toDateTime(toMonday(start_time, '{ZONE}'), '{ZONE}'))"
        if self.unit == "Month":
            month = f"toStartOfInterval(toDate(start_time, '{ZONE}'), INTERVAL {self.amount} MONTH)"
            return f"toUnixTimestamp(toDateTime({month}, '{ZONE}'))"
        midnight_s = f"toUnixTimestamp(toStartOfDay(start_time, '{ZONE}'))"
        if self.unit == "Day":
            return midnight_s
        length_s = self.longest_s
        return f"{midnight_s} + intDiv(toUnixTimestamp(start_time) - {midnight_s}, {length_s}) * {length_s}"


def timeframe_of(text: str) -> Timeframe:
    """Raises InvalidRequest."""
    found = _FORM.fullmatch(text)
    if found is not None:
        amount, unit = int(found[1]), _UNITS.get(found[2], found[2])
        if amount in _AMOUNTS[unit]:
            return Timeframe(amount, unit)
    raise invalid("timeframe", "timeframe", RULE)
