"""What a book tells everyone: prints, changes of its orders, best prices, terms. `seq` numbers the first three."""

from __future__ import annotations

from typing import Final

from streams.fold import Output, Step
from streams.matching.curve import Outcome
from streams.matching.market import Market
from streams.matching.order import Order
from topics.catalogue import AUCTIONS, BOOK_EVENTS, INSTRUMENTS, QUOTES, TRADES
from topics.messages import Auction, AuctionKind, BookEvent, BookEventKind, Instrument, MatchType, Quote, Trade

E6: Final = 1_000_000


def trade(market: Market, step: Step, taker: Order, maker: Order, qty_e6: int, shown_qty_e6: int) -> Trade:
    """Print a trade at the maker's price and take it off the maker in the book's events, which know no hidden order.

    `shown_qty_e6` is what the maker still shows of the part that it traded from, in 1e-6 share.
    The amount is floor(price x quantity) in 1e-4, here and nowhere else, so that both sides move the same money.
    """
    printed = print_trade(market, step, taker, maker, maker.price_e4, qty_e6, "AutoMatch")
    execute(market, step, maker, printed, qty_e6, shown_qty_e6)
    return printed


def print_trade(
    market: Market, step: Step, taker: Order, maker: Order, price_e4: int, qty_e6: int, match_type: MatchType
) -> Trade:
    """Print a match of two orders."""
    state = market.state
    state.trade_seq += 1
    state.last_price_e4 = price_e4
    trade_id = f"{state.symbol}-{state.trade_seq}"
    printed = Trade(
        trade_id=trade_id,
        symbol=state.symbol,
        seq=state.seq + 1,
        price_e4=price_e4,
        qty_e6=qty_e6,
        amount_e4=price_e4 * qty_e6 // E6,
        aggressor_side=taker.terms.side,
        maker_order_id=maker.terms.order_id,
        taker_order_id=taker.terms.order_id,
        transact_time_us=state.time_us,
        match_type=match_type,
    )
    state.seq += 1
    step.outputs.append(Output(TRADES, state.symbol, printed))
    return printed


def execute(market: Market, step: Step, order: Order, trade: Trade, last_qty_e6: int, shown_qty_e6: int) -> None:
    """Take what it showed of a trade off a resting order in the book's events; quantities in 1e-6 share."""
    book_event(market, step, order, "Execute", qty_e6=shown_qty_e6, last_qty_e6=last_qty_e6, trade_id=trade.trade_id)
    step.changed[market.order_prefix + order.root_order_id] = None


def auction(market: Market, step: Step, kind: AuctionKind, outcome: Outcome | None, reference_e4: int) -> None:
    """Publish what an auction would give, or gave; `outcome` None where nothing trades."""
    state = market.state
    message = Auction(
        symbol=state.symbol,
        kind=kind,
        phase=state.phase,
        price_e4=None if outcome is None else outcome.price_e4,
        paired_qty_e6=0 if outcome is None else outcome.paired_qty_e6,
        imbalance_qty_e6=0 if outcome is None else abs(outcome.surplus_e6),
        imbalance_side=None if outcome is None else outcome.surplus_side,
        reference_price_e4=reference_e4,
        transact_time_us=state.time_us,
    )
    step.outputs.append(Output(AUCTIONS, state.symbol, message))


def book_event(
    market: Market,
    step: Step,
    order: Order,
    kind: BookEventKind,
    *,
    qty_e6: int,
    last_qty_e6: int | None = None,
    order_id: str | None = None,
    new_order_id: str | None = None,
    trade_id: str | None = None,
) -> None:
    """Publish a change of what a resting order shows, in 1e-6 share. A hidden one shows nothing and has no events, nor
    has what an iceberg loses of its reserve.

    `order_id` where it is not the one in force now.
    """
    if order.hidden or last_qty_e6 == 0:
        return
    state = market.state
    state.seq += 1
    message = BookEvent(
        symbol=state.symbol,
        seq=state.seq,
        kind=kind,
        order_id=order_id or order.terms.order_id,
        new_order_id=new_order_id,
        side=order.terms.side,
        price_e4=order.price_e4,
        qty_e6=qty_e6,
        last_qty_e6=last_qty_e6,
        trade_id=trade_id,
        transact_time_us=state.time_us,
    )
    step.outputs.append(Output(BOOK_EVENTS, state.symbol, message))


def quote(market: Market, step: Step) -> None:
    """Publish the best bid and offer if the command changed them."""
    bbo = market.book.bbo()
    if bbo == market.quoted:
        return
    market.quoted = bbo
    state = market.state
    state.seq += 1
    step.outputs.append(Output(QUOTES, state.symbol, Quote(state.symbol, state.seq, *bbo, state.time_us)))


def instrument(market: Market, step: Step) -> None:
    """Publish the symbol's terms under their next version."""
    state = market.state
    state.version += 1
    message = Instrument(
        symbol=state.symbol,
        name=state.name,
        status=state.status,
        tick_rule=state.tick_rule,
        reference_price_e4=state.reference_price_e4,
        tier=state.tier,
        version=state.version,
        transact_time_us=state.time_us,
        phase=state.phase,
        halt_reason=state.halt_reason,
        sector=state.sector,
    )
    step.outputs.append(Output(INSTRUMENTS, state.symbol, message))
