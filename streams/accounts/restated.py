"""Terms that the book alone can fix, or changes, and tells in a report: the quantity of an amount, the price of a
repriced order, the stop of a trailing one, and what self-match prevention took off.

None of them can make an order hold more than before. One that would is a Defect. The quantity of a leg is the book's
to change: it follows its entry and its sibling, and its hold does not follow it.
"""

from __future__ import annotations

from streams.accounts.holds import hold_of, is_leg, set_hold
from streams.accounts.lifecycle import Defect
from streams.accounts.state import Account, OpenOrder
from topics.messages import ExecutionReport


def restate(account: Account, order: OpenOrder, report: ExecutionReport) -> None:
    """Take the quantity and the prices of a report that leaves the order open, and hold for them.

    A quantity that falls while a replace is on its way changes nothing of the replace: it names the whole quantity of
    the successor, and the hold goes on covering both.
    """
    if is_leg(order):
        fits = report.qty_e6 > order.cum_qty_e6  # follows its entry and its sibling
    elif order.qty_e6 == 0:
        fits = report.qty_e6 > 0 and (order.side == "Buy" or report.qty_e6 <= order.hold_qty_e6)
    else:
        fits = order.cum_qty_e6 < report.qty_e6 == order.qty_e6 - report.prevented_qty_e6 <= order.qty_e6
    if not fits:
        raise Defect(f"order {order.order_id} of {order.qty_e6}: impossible quantity in {report}")
    order.qty_e6 = report.qty_e6
    take_prices(order, report)
    set_hold(account, order, *hold_of(order, order.pending_replace))


def take_prices(order: OpenOrder, report: ExecutionReport) -> None:
    """The limit that the book gave, which is no worse than the one asked for, and where a trailing stop is."""
    limit_e4, asked_e4 = report.limit_price_e4, order.limit_price_e4
    if limit_e4 is not None:
        if asked_e4 is None or (limit_e4 > asked_e4 if order.side == "Buy" else limit_e4 < asked_e4):
            raise Defect(f"order {order.order_id} at {asked_e4}: impossible price in {report}")
        order.limit_price_e4 = order.worst_price_e4 = limit_e4
    if report.high_water_e4 is not None:
        order.stop_price_e4 = report.stop_price_e4
        order.high_water_e4 = report.high_water_e4
