"""Quotes and trades as they were, microsecond by microsecond.

A quote is a change of the best bid and offer over all venues. A trade is as it counts now: in its latest revision, and
only if it was not canceled. A correction keeps the trade's time and number, so it takes the place of what it corrects.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.history.clickhouse import Parameters
from api.history.series import Asked

_WINDOW = (
    "symbol IN {symbols:Array(String)} AND transact_time >= fromUnixTimestamp64Micro({start_us:Int64}, 'UTC') "
    "AND transact_time <= fromUnixTimestamp64Micro({end_us:Int64}, 'UTC')"
)


class _Ticks:
    columns: tuple[str, ...]

    def slices(self, asked: Asked) -> Iterator[list[str]]:
        yield asked.left()  # rows are read in the order of their key, and only as many as are wanted

    def parameters(self, asked: Asked, symbols: list[str]) -> Parameters:
        return asked.parameters(symbols)


class Quotes(_Ticks):
    """Values: ask price, ask quantity, ask venue, the same of the bid, condition. No price: 0."""

    columns = (
        "toDecimal128(ask_e4, 4) / 10000 AS ask_price",
        "toDecimal128(ask_qty_e6, 6) / 1000000 AS ask_size",
        "ask_venue AS ask_exchange",
        "toDecimal128(bid_e4, 4) / 10000 AS bid_price",
        "toDecimal128(bid_qty_e6, 6) / 1000000 AS bid_size",
        "bid_venue AS bid_exchange",
        "condition",
    )

    def rows(self, asked: Asked) -> str:
        return f"""
            SELECT symbol, transact_time AS time, seq AS tie, ifNull(ask_price_e4, 0) AS ask_e4, ask_qty_e6, ask_venue,
                ifNull(bid_price_e4, 0) AS bid_e4, bid_qty_e6, bid_venue, condition
            FROM nbbo
            WHERE {_WINDOW} AND {asked.behind("transact_time", "seq")}
            {asked.order("symbol", "transact_time", "seq")}
        """  # noqa: S608 - names of ours, no input


class Trades(_Ticks):
    """Values: price, quantity, venue, conditions. The tie is the number of the trade in its day."""

    columns = (
        "tie AS id",
        "toDecimal128(price_e4, 4) / 10000 AS price",
        "toDecimal128(qty_e6, 6) / 1000000 AS size",
        "venue AS exchange",
        "conditions",
    )

    def rows(self, asked: Asked) -> str:
        return f"""
            SELECT symbol, transact_time AS time, print_seq AS tie, price_e4, qty_e6, venue, conditions
            FROM trades
            WHERE {_WINDOW} AND {asked.behind("transact_time", "print_seq")} AND NOT is_canceled
                AND (symbol, transact_time, print_seq, revision) NOT IN
                (SELECT symbol, transact_time, print_seq, revision - 1 FROM trades WHERE {_WINDOW} AND revision > 0)
            {asked.order("symbol", "transact_time", "print_seq")}
        """  # noqa: S608 - names of ours, no input
