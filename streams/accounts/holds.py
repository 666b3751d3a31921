"""What an open order holds, so that nothing it can still do makes cash or a position negative.

A buy holds ceil(worst price x leaves) and the largest further fee. A fill at p <= worst takes floor(p x q) and a fee,
and floor(a) + ceil(b) <= ceil(a + b), so the hold shrinks by at least what the fill takes. A sell holds its leaves.

While a replace is on its way the book may fill k under the old terms before it takes the new ones, and then the rest of
the new quantity. The worst case of k x old price + (new leaves - k) x new price lies at an end of one of its two
straight pieces: at k = 0, at the smaller of the two leaves, or at the old leaves. The larger of both holds is not
enough where the price falls and the quantity rises.

An order for an amount holds the amount, less what it spent, and never more than its quantity at the worst price once
the book has fixed that (it is 0 until then). To sell, it holds the shares that the amount is at the worst price.
"""

from __future__ import annotations

from typing import Final

from streams.accounts.fees import E4, worst_house_fee_e12
from streams.accounts.state import Account, OpenOrder
from topics.messages import PendingReplace

E6: Final = 1_000_000


def value_e4_ceil(price_e4: int, qty_e6: int) -> int:
    """ceil(price x quantity) in 1e-4."""
    return -(-price_e4 * qty_e6 // E6)


def buy_hold_e4(value_e10: int, qty_e6: int, fee_day: int, uncharged_e12: int) -> int:
    """Cash for buying at most this quantity for at most this value (price x quantity, in 1e-10), fees included."""
    further_e12 = worst_house_fee_e12(fee_day, qty_e6, value_e10 // E6)
    return -(-value_e10 // E6) - (-(uncharged_e12 + further_e12) // E4)


def hold_of(order: OpenOrder, pending: PendingReplace | None) -> tuple[int, int]:
    """Cash in 1e-4 and shares in 1e-6 that an open order must hold, given the replace that is on its way. What a leg
    holds is shared and follows the fills alone (`streams/accounts/legs.py`)."""
    if order.contingency_type is not None and is_leg(order):
        return 0, order.hold_qty_e6
    if order.instructions is not None and order.instructions.cash_qty_e4 is not None:
        return _hold_of_amount(order, order.instructions.cash_qty_e4)
    leaves = max(order.qty_e6 - order.cum_qty_e6, 0)
    new_leaves = 0 if pending is None else max(pending.qty_e6 - order.cum_qty_e6, 0)
    if order.side == "Sell":
        return 0, max(leaves, new_leaves)
    worst = order.worst_price_e4
    value = worst * leaves
    if pending is not None:
        new_worst = pending.worst_price_e4
        both = min(leaves, new_leaves)
        value = max(value, new_worst * new_leaves, worst * both + new_worst * (new_leaves - both))
    qty = max(leaves, new_leaves)
    return buy_hold_e4(value, qty, order.fee_day, order.fee_uncharged_e12), 0


def _hold_of_amount(order: OpenOrder, cash_qty_e4: int) -> tuple[int, int]:
    is_fixed = order.qty_e6 > 0
    leaves = order.qty_e6 - order.cum_qty_e6
    if order.side == "Sell":
        return 0, leaves if is_fixed else cash_qty_e4 * E6 // max(order.worst_price_e4, 1)
    value = (cash_qty_e4 - order.cum_amount_e4) * E6
    if is_fixed:
        value = min(value, order.worst_price_e4 * leaves)
    else:
        leaves = value  # at the lowest price, 1e-4: the fee is then bounded by the amount
    return buy_hold_e4(value, leaves, order.fee_day, order.fee_uncharged_e12), 0


def is_leg(order: OpenOrder) -> bool:
    """Whether an order shares its hold: a leg of an entry, or one of a pair."""
    return order.parent_order_id is not None or order.contingency_type == "OneUpdatesTheOther"


def set_hold(account: Account, order: OpenOrder, hold_e4: int, hold_qty_e6: int) -> None:
    """Change what an order holds, and the account's sums with it."""
    if hold_e4 != order.hold_e4:
        account.hold_e4 += hold_e4 - order.hold_e4
        order.hold_e4 = hold_e4
    if hold_qty_e6 != order.hold_qty_e6:
        account.positions[order.symbol].held_qty_e6 += hold_qty_e6 - order.hold_qty_e6
        order.hold_qty_e6 = hold_qty_e6
