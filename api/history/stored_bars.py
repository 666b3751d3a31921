"""Bars as they are stored, as numbers, in the latest revision of each of their minutes."""

from __future__ import annotations

_MINUTE = (
    "Tuple(DateTime('UTC'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, "
    "qty_e6 Int64, amount_e4 Int64, trade_count Int64))"
)


def stored_bars(table: str, where: str) -> str:
    """Stored bars as numbers."""
    minutes = "map(start_time, latest)" if table == "bars_1m" else "minutes"
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


def last_closes() -> str:
    """A query for the last close before some times, each of a symbol: symbol, seconds since the epoch, 1e-4.

    Asked with `symbols` and `begins_s`, which go together.
    """
    days = (
        "SELECT day.1 AS symbol, day.2 AS before_s "
        "FROM (SELECT arrayJoin(arrayZip({symbols:Array(String)}, {begins_s:Array(UInt32)})) AS day)"
    )
    last = (
        "SELECT bars_1d.symbol AS symbol, before_s, max(bars_1d.start_time) AS start_time "  # noqa: S608 - names of ours
        f"FROM bars_1d INNER JOIN ({days}) AS days ON bars_1d.symbol = days.symbol "
        "WHERE bars_1d.symbol IN {symbols:Array(String)} AND toUnixTimestamp(bars_1d.start_time) < before_s "
        "GROUP BY symbol, before_s"
    )
    where = f"(symbol, start_time) IN (SELECT symbol, start_time FROM ({last}))"  # noqa: S608
    return f"""
        SELECT last.symbol, last.before_s, closes.close_e4
        FROM ({last}) AS last
        INNER JOIN ({stored_bars("bars_1d", where)}) AS closes
            ON closes.symbol = last.symbol AND closes.start_time = last.start_time
        WHERE closes.is_priced
    """  # noqa: S608 - names of ours, no input
