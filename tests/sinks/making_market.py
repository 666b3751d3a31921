"""Records of the consolidated market as its fold writes them, for tests of the history."""

from __future__ import annotations

from dataclasses import replace

from tests.sinks.making import NOON_US
from topics.messages import Bar, Nbbo, Print, TradingStatus, VenueQuote

SECOND_US, MINUTE_US = 1_000_000, 60_000_000
OPEN_US = NOON_US // MINUTE_US * MINUTE_US


def venue_quote(**fields: object) -> VenueQuote:
    quoted = VenueQuote(
        symbol="AAPL",
        venue="XNAS",
        venue_seq=1,
        bid_price_e4=1_000_000,
        bid_qty_e6=100_000_000,
        ask_price_e4=1_000_100,
        ask_qty_e6=200_000_000,
        conditions="R",
        suspicious=False,
        feed="made",
        feed_position=1,
        transact_time_us=OPEN_US,
        receive_time_us=OPEN_US + 100,
    )
    return replace(quoted, **fields)


def nbbo(**fields: object) -> Nbbo:
    best = Nbbo(
        symbol="AAPL",
        seq=1,
        bid_price_e4=1_000_000,
        bid_qty_e6=100_000_000,
        bid_venue="XNAS",
        ask_price_e4=1_000_100,
        ask_qty_e6=200_000_000,
        ask_venue="XNYS",
        condition="Regular",
        limit_state="Within",
        trading_state="Trading",
        transact_time_us=OPEN_US,
        receive_time_us=OPEN_US + 100,
    )
    return replace(best, **fields)


def printed(**fields: object) -> Print:
    sale = Print(
        symbol="AAPL",
        seq=2,
        trade_id="T1",
        print_seq=1,
        revision=0,
        is_canceled=False,
        venue="XNAS",
        price_e4=1_000_100,
        qty_e6=100_000_000,
        amount_e4=100_010_000,
        conditions="@",
        aggressor_side=None,
        updates_last=True,
        updates_high_low=True,
        updates_volume=True,
        is_late=False,
        bid_price_e4=1_000_000,
        ask_price_e4=1_000_100,
        is_trade_through=False,
        transact_time_us=OPEN_US,
        receive_time_us=OPEN_US + 100,
    )
    return replace(sale, **fields)


def bar(**fields: object) -> Bar:
    made = Bar(
        symbol="AAPL",
        seq=3,
        interval_us=MINUTE_US,
        start_time_us=OPEN_US,
        open_e4=1_000_000,
        high_e4=1_000_300,
        low_e4=999_900,
        close_e4=1_000_100,
        qty_e6=300_000_000,
        amount_e4=300_030_000,
        vwap_e4=1_000_100,
        trade_count=3,
        revision=0,
        transact_time_us=OPEN_US + MINUTE_US,
        receive_time_us=OPEN_US + MINUTE_US + 100,
    )
    return replace(made, **fields)


def trading_status(**fields: object) -> TradingStatus:
    status = TradingStatus(
        symbol="AAPL",
        seq=4,
        trading_state="Halted",
        limit_state="NoBands",
        reason="T1",
        venue="",
        reference_price_e4=None,
        lower_price_e4=None,
        upper_price_e4=None,
        transact_time_us=OPEN_US,
        receive_time_us=OPEN_US + 100,
    )
    return replace(status, **fields)


def day_of_market(symbol: str, minutes: int) -> list[tuple[str, object]]:
    """A symbol's market: quotes, prints and bars of so many minutes, every third bar corrected: (topic, message) pairs.

    A corrected bar has a lower high and less volume than before, which a sum or a maximum could not take back.
    """
    out: list[tuple[str, object]] = [("trading-status", trading_status(symbol=symbol, trading_state="Trading"))]
    for number in range(minutes):
        start_us, seq, price_e4 = OPEN_US + number * MINUTE_US, 10 * number, 1_000_000 + 100 * (number * 7 % 13)
        at = {"symbol": symbol, "transact_time_us": start_us, "receive_time_us": start_us + 90}
        for each, venue in enumerate(("XNAS", "XNYS", "EDGX")):
            quote = venue_quote(**at, venue=venue, feed_position=seq + each, bid_price_e4=price_e4 - each)
            out.append(("market-data", quote))
        out += [
            (
                "nbbo",
                nbbo(**at, seq=seq, bid_price_e4=price_e4, ask_price_e4=None if number % 5 == 4 else price_e4 + 100),
            ),
            ("prints", printed(**at, seq=seq + 1, print_seq=number + 1, price_e4=price_e4)),
        ]
        ended = {"symbol": symbol, "start_time_us": start_us}
        prices = {"open_e4": price_e4, "high_e4": price_e4 + 500, "low_e4": price_e4 - 500, "close_e4": price_e4 + 50}
        out.append(("bars", bar(**ended, **prices, seq=seq + 2, interval_us=SECOND_US)))
        out.append(("bars", bar(**ended, **prices, seq=seq + 3)))
        if number % 3 == 2:
            fewer = prices | {"high_e4": price_e4 + 200, "qty_e6": 200_000_000, "amount_e4": 200_020_000}
            out.append(("bars", bar(**ended, **fewer, seq=seq + 4, interval_us=SECOND_US, revision=1, trade_count=2)))
            out.append(("bars", bar(**ended, **fewer, seq=seq + 5, revision=1, trade_count=2)))
    return out
