"""CorrectFill: a trade was canceled (FIX 150=H) or corrected (150=G) after it was booked, and this is one side of it.

The entry that booked it is reversed leg by leg, fees included, whatever the account has done with the cash or the
shares since; a correction is then booked anew at its price and quantity, with the fees of the day of the trade. The
account may owe cash or shares after it. What is open and no more covered is canceled then, and until the account has
covered itself nothing leaves it and nothing is bought but what is owed (`checks.covered`).

The book does not get a quantity back, so what is open of an order stays: what its corrections added is kept beside the
quantity filled, which book and account go on agreeing about.
"""

from __future__ import annotations

from dataclasses import replace as with_changes

from streams.accounts.cancel import cancel_open
from streams.accounts.events import next_seq, whole_order
from streams.accounts.fees import E4, charged, fill_fees_e12, split_charge
from streams.accounts.holds import hold_of, set_hold
from streams.accounts.ledger import book_fill, journal, reverse_fill
from streams.accounts.lifecycle import Defect, shown_status
from streams.accounts.state import Account, Accounts, OpenOrder, order_entry_name
from streams.dated import day_of
from streams.fold import Output, Step
from topics.catalogue import ORDER_EVENTS
from topics.messages import CorrectFill, JournalEntry, OrderEvent, Posting


def correct_fill(accounts: Accounts, account: Account | None, command: CorrectFill, step: Step) -> None:
    """Reverse a fill, book what it is instead, and tell the account. Its book has seen to it that all fits."""
    fill = command.fill
    order = None if account is None else account.orders.get(fill.root_order_id)
    if account is None or (order is not None) is not fill.is_open:
        raise Defect(f"{command.trade_id}: order {fill.root_order_id} is not as its book says in {command}")
    uncharged_e12 = _reverse(accounts, account, order, command, step)
    fee_e4, uncharged_e12 = _book(accounts, account, uncharged_e12, command, step)
    if order is not None:
        order.correction_count += 1
        order.corrected_qty_e6 += command.new_qty_e6 - command.qty_e6
        order.corrected_amount_e4 += command.new_amount_e4 - command.amount_e4
        order.fee_uncharged_e12 = uncharged_e12
        set_hold(account, order, *hold_of(order, order.pending_replace))
        step.changed[order_entry_name(order)] = None
    _tell(accounts, account, order, command, fee_e4, step)
    _cancel_uncovered(account, command, step)


def _reverse(accounts: Accounts, account: Account, order: OpenOrder | None, command: CorrectFill, step: Step) -> int:
    """Post the entry of the fill with every sign turned; returns the fees that its order has accrued beyond what was
    charged (1e-12) as they are without it."""
    fill = command.fill
    position = account.position(command.symbol)
    legs = reverse_fill(account, position, fill.postings, fill.cost_change_e4)
    if fill.side == "Sell":
        accounts.take_unsettled(account, command.settlement_day, _cash_of(fill.postings))
    entry = journal(step, account, "TradeCancel", legs, position, command.transact_time_us)
    _name_trade(entry, command, -fill.cost_change_e4)
    if order is None:
        return 0
    accrued_e12 = sum(fee for _, fee in _fees(command, command.price_e4, command.qty_e6, command.amount_e4))
    charged_e4 = sum(leg.amount for leg in fill.postings if leg.ledger_account.startswith("fees:"))
    return order.fee_uncharged_e12 - accrued_e12 + charged_e4 * E4


def _book(
    accounts: Accounts, account: Account, uncharged_e12: int, command: CorrectFill, step: Step
) -> tuple[int, int]:
    """Book what a corrected trade is now; returns its fee (for a cancel the fee that was given back) and what its order
    has accrued beyond what was charged, in 1e-12."""
    fill = command.fill
    if command.kind == "TradeCancel":
        return sum(leg.amount for leg in fill.postings if leg.ledger_account.startswith("fees:")), uncharged_e12
    qty_e6, amount_e4 = command.new_qty_e6, command.new_amount_e4
    position = account.position(command.symbol)
    fees = _fees(command, command.new_price_e4, qty_e6, amount_e4)
    fee_e4, uncharged_e12 = charged(fill.side, uncharged_e12, fees, amount_e4)
    postings, cost_e4 = book_fill(account, position, fill.side, qty_e6, amount_e4, split_charge(fee_e4, fees))
    if fill.side == "Sell":
        accounts.add_unsettled(account, command.settlement_day, amount_e4 - fee_e4)
    entry = journal(step, account, "TradeCorrect", postings, position, command.transact_time_us)
    _name_trade(entry, command, cost_e4)
    return fee_e4, uncharged_e12


def _fees(command: CorrectFill, price_e4: int, qty_e6: int, amount_e4: int) -> list[tuple[str, int]]:
    """Fees that the fill accrues at a price, by the schedules of the day on which it was made."""
    fill, day = command.fill, day_of(command.traded_time_us)
    return fill_fees_e12(fill.side, fill.last_liquidity, fill.fee_day, day, price_e4, qty_e6, amount_e4)


def _cash_of(postings: list[Posting]) -> int:
    return sum(leg.amount for leg in postings if leg.ledger_account == "cash")


def _name_trade(entry: JournalEntry, command: CorrectFill, cost_change_e4: int) -> None:
    entry.order_id = command.fill.order_id
    entry.trade_id = command.trade_id
    entry.settlement_day = command.settlement_day
    entry.cost_change_e4 = cost_change_e4
    entry.text = command.text


def _tell(
    accounts: Accounts, account: Account, order: OpenOrder | None, command: CorrectFill, fee_e4: int, step: Step
) -> None:
    """The whole order as it is now, with what the trade was where it is canceled, else with what it is."""
    next_seq(account, step)
    event = _finished(accounts, account, command) if order is None else _open(account, order, command)
    is_cancel = command.kind == "TradeCancel"
    event.exec_ref_id = command.fill.exec_id
    event.trade_id = command.trade_id
    event.last_px_e4 = command.price_e4 if is_cancel else command.new_price_e4
    event.last_qty_e6 = command.qty_e6 if is_cancel else command.new_qty_e6
    event.amount_e4 = command.amount_e4 if is_cancel else command.new_amount_e4
    event.fee_e4 = fee_e4
    event.last_liquidity = command.fill.last_liquidity
    event.settlement_day = command.settlement_day
    event.text = command.text
    step.outputs.append(Output(ORDER_EVENTS, account.account_id, event))


def _open(account: Account, order: OpenOrder, command: CorrectFill) -> OrderEvent:
    leaves = order.qty_e6 - order.cum_qty_e6
    return whole_order(account, order, command.kind, shown_status(order), leaves, command.transact_time_us)


def _finished(accounts: Accounts, account: Account, command: CorrectFill) -> OrderEvent:
    """An order that has ended, by its last event. Canceled outranks what it was when it is no more all filled."""
    ended: OrderEvent = accounts.decode(command.fill.order_event)
    cum_qty_e6 = ended.cum_qty_e6 + command.new_qty_e6 - command.qty_e6
    status = ended.order_status
    if status == "Filled" and cum_qty_e6 < ended.qty_e6:
        status = "Canceled"
    return with_changes(
        ended,
        exec_id=f"{account.account_id}-{account.seq}",
        exec_type=command.kind,
        order_status=status,
        account_seq=account.seq,
        cum_qty_e6=cum_qty_e6,
        cum_amount_e4=ended.cum_amount_e4 + command.new_amount_e4 - command.amount_e4,
        leaves_qty_e6=0,
        position_qty_e6=account.position_qty_e6(command.symbol),
        prevented_qty_e6=0,
        checks=[],
        transact_time_us=command.transact_time_us,
        correction_count=ended.correction_count + 1,
    )


def _cancel_uncovered(account: Account, command: CorrectFill, step: Step) -> None:
    """Cancel the buys that the cash no more covers, and the sells that the shares no more cover."""
    if account.buying_power_e4 < 0:
        cancel_open(account, None, command.transact_time_us, step, "Buy")
    position = account.positions[command.symbol]
    if position.qty_e6 < position.held_qty_e6:
        cancel_open(account, command.symbol, command.transact_time_us, step, "Sell")
