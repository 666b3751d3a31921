"""Bars of any length, made of the longest stored bars that divide it, each minute in its latest revision.

A minute without an eligible price adds to the volume of the bar that it is in and to nothing else; a bar without any
price is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.history.adjustment import Step
from api.history.clickhouse import Parameters
from api.history.series import Asked
from api.history.stored_bars import stored_bars
from api.history.timeframe import Timeframe
from api.problems import invalid

BARS_AT_A_TIME = 1_000_000  # stored bars that one query may have to put together, if there were one at every moment
BARS_MAX = 20 * BARS_AT_A_TIME  # of one request, over all symbols


@dataclass(frozen=True, slots=True)
class Bars:
    """Values: open, high, low, close, quantity, trades, volume-weighted average price."""

    timeframe: Timeframe
    steps: tuple[Step, ...] = ()  # by which they are adjusted
    columns = (
        *(f"toDecimal128({name}_e4, 4) / 10000 AS {name}" for name in ("open", "high", "low", "close")),
        "toDecimal128(qty_e6, 6) / 1000000 AS volume",
        "trade_count",
        "toDecimal128(vwap_e4, 4) / 10000 AS vwap",
    )

    def slices(self, asked: Asked) -> Iterator[list[str]]:
        span_s = (asked.span.end_us - asked.span.start_us) // 1_000_000 + self.timeframe.longest_s
        of_a_symbol = span_s // self.timeframe.stored()[1] + 1
        if of_a_symbol * len(asked.symbols) > BARS_MAX:
            days = BARS_MAX // len(asked.symbols) * self.timeframe.stored()[1] // 86_400
            raise invalid(
                "end", "span_max", f"is at most {days} days after start for so many symbols and this timeframe"
            )
        left, many = asked.left(), max(1, BARS_AT_A_TIME // of_a_symbol)
        for first in range(0, len(left), many):
            yield left[first : first + many]

    def rows(self, asked: Asked) -> str:
        made = self._made(
            "symbol IN {symbols:Array(String)} "
            "AND start_time >= toDateTime({first_s:UInt32}, 'UTC') AND start_time <= toDateTime({last_s:UInt32}, 'UTC')"
        )
        return f"""
            SELECT * FROM ({made})
            WHERE time >= fromUnixTimestamp64Micro({{start_us:Int64}}, 'UTC')
                AND time <= fromUnixTimestamp64Micro({{end_us:Int64}}, 'UTC') AND {asked.behind("time", "tie")}
            {asked.order("symbol", "time")}
        """  # noqa: S608 - names of ours, no input

    def last(self) -> str:
        """A query for the last `count` bars of some symbols, of a length that is stored; the latest first."""
        table, _ = self.timeframe.stored()
        made = self._made(
            "(symbol, start_time) IN (SELECT symbol, "  # noqa: S608 - names of ours, no input
            "arrayJoin(arraySlice(arrayReverseSort(groupUniqArray(start_time)), 1, {count:UInt32})) "
            f"FROM {table} WHERE symbol IN {{symbols:Array(String)}} GROUP BY symbol)"
        )
        return (
            "SELECT symbol, toUnixTimestamp64Micro(time), * EXCEPT (symbol, time) "  # noqa: S608
            f"FROM ({made}) ORDER BY symbol, time DESC"
        )

    def _made(self, where: str) -> str:
        table, _ = self.timeframe.stored()
        start = f"fromUnixTimestamp64Micro(toInt64({self.timeframe.start()}) * 1000000, 'UTC')"
        return f"""
            SELECT symbol, time, toInt64(0) AS tie, open_e4, high_e4, low_e4, close_e4, qty_e6, trade_count,
                toInt64(intDivOrZero(toInt128(amount_e4) * 1000000, qty_e6)) AS vwap_e4
            FROM
            (
                SELECT symbol, {start} AS time,
                    argMinIf(open_e4, start_time, is_priced) AS open_e4,
                    maxIf(high_e4, is_priced) AS high_e4,
                    minIf(low_e4, is_priced) AS low_e4,
                    argMaxIf(close_e4, start_time, is_priced) AS close_e4,
                    sum(qty_e6) AS qty_e6, sum(amount_e4) AS amount_e4, sum(trade_count) AS trade_count
                FROM ({self._adjusted(stored_bars(table, where))})
                GROUP BY symbol, time
                HAVING countIf(is_priced) > 0 AND trade_count > 0
            )
        """  # noqa: S608 - names of ours, no input

    def _adjusted(self, stored: str) -> str:
        """Each stored bar by the first step that it is before. None is longer than the day on which a step may be."""
        if not self.steps:
            return stored
        prices = ", ".join(
            f"toInt64(round(stored.{name} * factor[1])) AS {name}"
            for name in ("open_e4", "high_e4", "low_e4", "close_e4")
        )
        return f"""
            SELECT symbol, start_time, is_priced, trade_count,
                [{{steps_price:Array(Float64)}}[step + 1], {{steps_qty:Array(Float64)}}[step + 1]] AS factor,
                {prices},
                toInt64(round(stored.qty_e6 * factor[2])) AS qty_e6,
                toInt64(round(stored.amount_e4 * factor[1] * factor[2])) AS amount_e4
            FROM
            (
                SELECT *, arrayFirstIndex(
                    (of, before_s) -> of = symbol AND toUnixTimestamp(start_time) < before_s,
                    {{steps_symbol:Array(String)}}, {{steps_before_s:Array(UInt32)}}) AS step
                FROM ({stored})
            ) AS stored
        """  # noqa: S608 - names of ours, no input

    def parameters(self, asked: Asked, symbols: list[str]) -> Parameters:
        """Stored bars of those bars that the span cuts are read too."""
        first_s, last_s = asked.span.start_us // 1_000_000, asked.span.end_us // 1_000_000
        longest_s = self.timeframe.longest_s
        parameters = {**asked.parameters(symbols), "first_s": max(0, first_s - longest_s), "last_s": last_s + longest_s}
        if self.steps:
            steps = [step for step in self.steps if step.symbol in set(symbols)]
            parameters |= {
                "steps_symbol": [step.symbol for step in steps],
                "steps_before_s": [step.before_s for step in steps],
                "steps_price": [1.0, *(step.price for step in steps)],
                "steps_qty": [1.0, *(step.qty for step in steps)],
            }
        return parameters
