"""Double entry: every movement of money or shares is a journal entry whose legs sum to zero for each asset.

The client's ledger accounts are `cash` and `securities`; the house's are contra accounts: `bank` for cash that comes
and goes, `custody` for shares, `clearing` for the other side of each trade, `fees:NAME` for each fee. Nobody keeps a
balance of the house: it is the sum of the postings.

Cost basis is average cost: a buy adds its amount, a sale takes floor(cost x quantity / position) out, which for what
closes a position is all that is left, so nothing is lost to rounding. Realised profit is proceeds less that cost,
exact; fees are in neither, they have postings of their own.

A position is short only where a trade was canceled or corrected under it. Its cost is then negative: what was received
for the shares that are not there. Cost less realised profit is at any time what was bought for less what was sold for.
"""

from __future__ import annotations

from typing import Final

from streams.accounts.events import next_seq
from streams.accounts.state import Account, Position
from streams.fold import Output, Step
from topics.catalogue import LEDGER
from topics.messages import ExecutionReport, JournalEntry, JournalKind, Posting, Side

USD: Final = "USD"


def journal(
    step: Step,
    account: Account,
    kind: JournalKind,
    postings: list[Posting],
    position: Position | None,
    transact_time_us: int,
) -> JournalEntry:
    """Publish a journal entry with the balances after it; the caller adds what caused it."""
    seq = next_seq(account, step)
    if position is not None:
        step.changed[position.entry_name] = None
    entry = JournalEntry(
        journal_id=f"{account.account_id}-{seq}",
        account_id=account.account_id,
        user_id=account.user_id,
        account_seq=seq,
        kind=kind,
        postings=postings,
        transfer_id=None,
        order_id=None,
        trade_id=None,
        symbol=None if position is None else position.symbol,
        settlement_day=None,
        cash_e4=account.cash_e4,
        unsettled_e4=account.unsettled_e4,
        position_qty_e6=None if position is None else position.qty_e6,
        cost_basis_e4=None if position is None else position.cost_basis_e4,
        realized_e4=None if position is None else position.realized_e4,
        text="",
        transact_time_us=transact_time_us,
    )
    step.outputs.append(Output(LEDGER, account.account_id, entry))
    return entry


def post_trade(
    step: Step, account: Account, order_id: str, report: ExecutionReport, fees: list[tuple[str, int]], settles_on: int
) -> None:
    """Book one side of a fill: cash and shares against clearing, each fee against the house."""
    position = account.position(report.symbol)
    postings, cost_e4 = book_fill(account, position, report.side, report.last_qty_e6 or 0, report.amount_e4, fees)
    entry = journal(step, account, "Trade", postings, position, report.transact_time_us)
    entry.order_id = order_id
    entry.trade_id = report.trade_id
    entry.settlement_day = settles_on
    entry.cost_change_e4 = cost_e4


def book_fill(
    account: Account, position: Position, side: Side, qty_e6: int, amount_e4: int, fees: list[tuple[str, int]]
) -> tuple[list[Posting], int]:
    """Move cash, shares and fees; returns the legs, and what the cost of the position changed by."""
    if side == "Buy":
        cash_e4, shares_e6 = -amount_e4, qty_e6
        cost_e4 = add_shares(account, position, qty_e6, amount_e4)
    else:
        cash_e4, shares_e6 = amount_e4, -qty_e6
        cost_e4 = _sell_shares(account, position, qty_e6, amount_e4)
    account.cash_e4 += cash_e4
    postings = [
        Posting("cash", USD, cash_e4),
        Posting("clearing", USD, -cash_e4),
        Posting("securities", position.symbol, shares_e6),
        Posting("clearing", position.symbol, -shares_e6),
    ]
    for name, fee_e4 in fees:
        account.cash_e4 -= fee_e4
        postings.append(Posting("cash", USD, -fee_e4))
        postings.append(Posting(f"fees:{name}", USD, fee_e4))
    return postings, cost_e4


def add_shares(account: Account, position: Position, qty_e6: int, amount_e4: int) -> int:
    """Shares come in for an amount, those that cover a short position first; returns the change of the cost."""
    before_e4 = position.cost_basis_e4
    covering_e6 = min(qty_e6, max(-position.qty_e6, 0))
    if covering_e6:
        paid_e4 = amount_e4 * covering_e6 // qty_e6
        position.realized_e4 -= paid_e4 + take_cost(position, covering_e6)
        amount_e4 -= paid_e4
    position.cost_basis_e4 += amount_e4
    account.change_shares(position, qty_e6)
    return position.cost_basis_e4 - before_e4


def _sell_shares(account: Account, position: Position, qty_e6: int, amount_e4: int) -> int:
    """Shares go for an amount, those that are there first; returns the change of the cost."""
    before_e4 = position.cost_basis_e4
    there_e6 = min(qty_e6, max(position.qty_e6, 0))
    received_e4 = amount_e4 * there_e6 // qty_e6
    if there_e6:
        position.realized_e4 += received_e4 - take_cost(position, there_e6)
    position.cost_basis_e4 -= amount_e4 - received_e4
    account.change_shares(position, -qty_e6)
    return position.cost_basis_e4 - before_e4


def take_cost(position: Position, qty_e6: int) -> int:
    """Take the cost of some shares out of a position (before its quantity changes) and return it, in 1e-4."""
    cost_e4 = position.cost_basis_e4 * qty_e6 // abs(position.qty_e6)
    position.cost_basis_e4 -= cost_e4
    return cost_e4


def reverse_fill(account: Account, position: Position, legs: list[Posting], cost_change_e4: int) -> list[Posting]:
    """Undo the entry of a fill, leg by leg, with the cost and the profit that it made; returns the legs.

    Where shares of it were sold on, their cost is no more in the position: what does not fit its quantity is profit or
    loss, so that cost less realised profit stays exact.
    """
    cash_e4 = sum(leg.amount for leg in legs if leg.ledger_account == "cash")
    amount_e4 = -sum(leg.amount for leg in legs if leg.ledger_account == "clearing" and leg.asset == USD)
    shares_e6 = sum(leg.amount for leg in legs if leg.ledger_account == "securities")
    account.cash_e4 -= cash_e4
    position.cost_basis_e4 -= cost_change_e4
    position.realized_e4 -= cost_change_e4 + amount_e4
    account.change_shares(position, -shares_e6)
    if position.qty_e6 * position.cost_basis_e4 < 0 or not position.qty_e6:
        position.realized_e4 -= position.cost_basis_e4
        position.cost_basis_e4 = 0
    return [Posting(leg.ledger_account, leg.asset, -leg.amount) for leg in legs]


def post_settlement(step: Step, account: Account, day: int, amount_e4: int, time_us: int) -> None:
    """Tell that proceeds have settled: they move within the account's cash, which is as much as before."""
    postings = [Posting("cash:unsettled", USD, -amount_e4), Posting("cash:settled", USD, amount_e4)]
    journal(step, account, "Settlement", postings, None, time_us).settlement_day = day
