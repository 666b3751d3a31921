"""Double entry: every movement of money or shares is a journal entry whose legs sum to zero for each asset.

The client's ledger accounts are `cash` and `securities`; the house's are contra accounts: `bank` for cash that comes
and goes, `custody` for shares, `clearing` for the other side of each trade, `fees:NAME` for each fee. Nobody keeps a
balance of the house: it is the sum of the postings.

Cost basis is average cost: a buy adds its amount, a sale takes floor(cost x quantity / position) out, which for what
closes a position is all that is left, so nothing is lost to rounding. Realised profit is proceeds less that cost,
exact; fees are in neither, they have postings of their own.
"""

from __future__ import annotations

from streams.accounts.events import next_seq
from streams.accounts.state import Account, Position
from streams.fold import Output, Step
from topics.catalogue import LEDGER
from topics.messages import ExecutionReport, JournalEntry, JournalKind, Posting

USD = "USD"


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
    qty_e6 = report.last_qty_e6 or 0
    amount_e4 = report.amount_e4
    position = account.position(report.symbol)
    if report.side == "Buy":
        cash_e4 = -amount_e4
        shares_e6 = qty_e6
        position.cost_basis_e4 += amount_e4
    else:
        cash_e4 = amount_e4
        shares_e6 = -qty_e6
        position.realized_e4 += amount_e4 - take_cost(position, qty_e6)
    position.qty_e6 += shares_e6
    account.cash_e4 += cash_e4
    postings = [
        Posting("cash", USD, cash_e4),
        Posting("clearing", USD, -cash_e4),
        Posting("securities", report.symbol, shares_e6),
        Posting("clearing", report.symbol, -shares_e6),
    ]
    for name, fee_e4 in fees:
        account.cash_e4 -= fee_e4
        postings.append(Posting("cash", USD, -fee_e4))
        postings.append(Posting(f"fees:{name}", USD, fee_e4))
    entry = journal(step, account, "Trade", postings, position, report.transact_time_us)
    entry.order_id = order_id
    entry.trade_id = report.trade_id
    entry.settlement_day = settles_on


def take_cost(position: Position, qty_e6: int) -> int:
    """Take the cost of some shares out of a position (before its quantity changes) and return it, in 1e-4."""
    cost_e4 = position.cost_basis_e4 * qty_e6 // position.qty_e6
    position.cost_basis_e4 -= cost_e4
    return cost_e4
