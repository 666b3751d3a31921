"""Bars of any length, made of the longest stored bars that divide it, each minute in its latest revision.

A minute without an eligible price adds to the volume of the bar that it is in and to nothing else; a bar without any
price is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.history.clickhouse import Parameters
from api.history.series import Asked
from api.history.timeframe import Timeframe
from api.problems import invalid

BARS_AT_A_TIME = 1_000_000  # stored bars that one query may have to put together, if there were one at every moment
BARS_MAX = 20 * BARS_AT_A_TIME  # of one request, over all symbols
_MINUTE = (
    "Tuple(DateTime('UTC'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, "
    "qty_e6 Int64, amount_e4 Int64, trade_count Int64))"
)


@dataclass(frozen=True, slots=True)
class Bars:
    """Values: open, high, low, close, quantity, trades, volume-weighted average price."""

    timeframe: Timeframe
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
        minutes = "map(start_time, latest)" if table == "bars_1m" else "minutes"
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
                FROM ({_stored(table, minutes, where)})
                GROUP BY symbol, time
                HAVING countIf(is_priced) > 0 AND trade_count > 0
            )
        """  # noqa: S608 - names of ours, no input

    def parameters(self, asked: Asked, symbols: list[str]) -> Parameters:
        """Stored bars of those bars that the span cuts are read too."""
        first_s, last_s = asked.span.start_us // 1_000_000, asked.span.end_us // 1_000_000
        longest_s = self.timeframe.longest_s
        return {**asked.parameters(symbols), "first_s": max(0, first_s - longest_s), "last_s": last_s + longest_s}


def _stored(table: str, minutes: str, where: str) -> str:
    """Stored bars as numbers."""
    return f"""
        SELECT symbol, start_time, notEmpty(priced) AS is_priced,
            priced[1].2.open_e4 AS open_e4,
            arrayMax(bar -> bar.2.high_e4, priced) AS high_e4,
            arrayMin(bar -> bar.2.low_e4, priced) AS low_e4,
            priced[-1].2.close_e4 AS close_e4,
            arraySum(bar -> bar.2.qty_e6, traded) AS qty_e6,
            arraySum(bar -> bar.2.amount_e4, traded) AS amount_e4,
            arraySum(bar -> bar.2.trade_count, traded) AS trade_count
        FROM
        (
            SELECT symbol, start_time,
                arraySort(bar -> bar.1, CAST({minutes}, 'Array({_MINUTE.replace("'", chr(92) + "'")})')) AS bars,
                arrayFilter(bar -> bar.2.trade_count > 0, bars) AS traded,
                arrayFilter(bar -> bar.2.open_e4 > 0, bars) AS priced
            FROM {table} FINAL
            WHERE {where}
        )
    """  # noqa: S608 - names of ours, no input
