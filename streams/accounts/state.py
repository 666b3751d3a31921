"""What a partition of accounts is in memory, and how it becomes entries and comes back.

Entries: `account/A`, `position/A/SYMBOL`, `order/A/ROOT` (an open order by the first id of its replace chain),
`finished/A/ID` (an id that is taken for a while) and `firm/house` (whether the house takes orders). Everything else
here is derived from them when they are loaded: the sums that make a check independent of the number of open orders, the
ids and client ids, and what falls due when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from heapq import heappop, heappush
from operator import attrgetter
from typing import Any, Final

from topics.messages import (
    AccountEntry,
    AccountStatus,
    FinishedEntry,
    FirmEntry,
    OpenOrderEntry,
    PositionEntry,
    Unsettled,
)

FINISHED_KEPT_US: Final = 24 * 3600 * 1_000_000
"""How long a finished order, a replaced id or a transfer id stays known (TooLate, Duplicate), then it is forgotten."""

OpenOrder = OpenOrderEntry
"""An open order needs nothing besides its entry. Its `pending_replace` is exchanged as a whole, never changed."""

_order_fields = tuple(field.name for field in fields(OpenOrderEntry))
_order_values = attrgetter(*_order_fields)


def order_entry_name(order: OpenOrder) -> str:
    """Name of an open order's entry."""
    return f"order/{order.account_id}/{order.root_order_id}"


def group_of(leg: OpenOrder) -> str:
    """First id of the order that a leg was submitted with, which in a pair is a leg itself."""
    return leg.parent_order_id or leg.root_order_id


class Position:
    """Shares of one symbol in one account. `held_qty_e6` is the sum of what open sells hold."""

    __slots__ = ("cost_basis_e4", "entry_name", "held_qty_e6", "qty_e6", "realized_e4", "symbol")

    def __init__(self, account_id: str, symbol: str) -> None:
        self.entry_name = f"position/{account_id}/{symbol}"
        self.symbol = symbol
        self.qty_e6 = 0
        self.cost_basis_e4 = 0
        self.realized_e4 = 0
        self.held_qty_e6 = 0


class Account:
    """One account. `hold_e4` is the cash that all open orders hold; `unsettled` is proceeds by settlement day."""

    __slots__ = (
        "account_class",
        "account_id",
        "cash_e4",
        "client_ids",
        "entry_name",
        "finished",
        "hold_e4",
        "legs",
        "open_ids",
        "orders",
        "positions",
        "seq",
        "shorts",
        "status",
        "throttle_time_us",
        "throttle_tokens_e6",
        "time_us",
        "unsettled",
        "unsettled_e4",
        "user_id",
    )

    def __init__(self, account_id: str, user_id: str, account_class: str, status: AccountStatus) -> None:
        self.account_id = account_id
        self.user_id = user_id
        self.account_class = account_class
        self.status: AccountStatus = status
        self.entry_name = f"account/{account_id}"
        self.seq = 0
        self.cash_e4 = 0
        self.unsettled: dict[int, int] = {}
        self.throttle_tokens_e6 = 0
        self.throttle_time_us = 0
        self.time_us = 0
        self.unsettled_e4 = 0
        self.hold_e4 = 0
        self.shorts: dict[str, None] = {}  # symbols of which shares are owed
        self.positions: dict[str, Position] = {}
        self.orders: dict[str, OpenOrder] = {}  # by root id, in order of arrival
        self.legs: dict[str, list[OpenOrder]] = {}  # open legs by the root id of the order that they came with
        self.open_ids: dict[str, OpenOrder] = {}  # by the id in force, and by the id of a successor on its way
        self.finished: dict[str, FinishedEntry] = {}
        self.client_ids: dict[str, str] = {}  # client id to the order that has it

    @property
    def buying_power_e4(self) -> int:
        """Cash that no order holds, in 1e-4; negative only where a trade was canceled or corrected after the cash was
        spent."""
        return self.cash_e4 - self.hold_e4

    @property
    def owes(self) -> bool:
        """Whether a trade that was canceled or corrected has left the account short of cash or shares."""
        return self.cash_e4 < 0 or bool(self.shorts)

    @property
    def withdrawable_e4(self) -> int:
        """Cash that may leave, in 1e-4: what stays behind covers the holds, for which unsettled proceeds may pay."""
        return max(self.cash_e4 - max(self.hold_e4, self.unsettled_e4), 0)

    def to_entry(self) -> AccountEntry:
        return AccountEntry(
            account_id=self.account_id,
            user_id=self.user_id,
            account_class=self.account_class,
            status=self.status,
            account_seq=self.seq,
            cash_e4=self.cash_e4,
            unsettled=[Unsettled(day, self.unsettled[day]) for day in sorted(self.unsettled)],
            throttle_tokens_e6=self.throttle_tokens_e6,
            throttle_time_us=self.throttle_time_us,
            time_us=self.time_us,
        )

    def is_taken(self, order_id: str) -> bool:
        """Whether an id is one of an open chain, of a finished order or of a transfer, within the kept time."""
        return order_id in self.open_ids or order_id in self.finished or order_id in self.orders

    def position_qty_e6(self, symbol: str) -> int:
        position = self.positions.get(symbol)
        return 0 if position is None else position.qty_e6

    def position(self, symbol: str) -> Position:
        """The position in a symbol, made empty if there was none."""
        position = self.positions.get(symbol)
        if position is None:
            position = self.positions[symbol] = Position(self.account_id, symbol)
        return position

    def change_shares(self, position: Position, change_e6: int) -> None:
        """The only way in which shares come and go: it keeps account of what is owed."""
        position.qty_e6 += change_e6
        if position.qty_e6 < 0:
            self.shorts[position.symbol] = None
        else:
            self.shorts.pop(position.symbol, None)

    def entry(self, kind: str, key: str) -> PositionEntry | OpenOrderEntry | FinishedEntry | None:
        """The account's entry of a kind (`position`, `order`, `finished`) and key, None when it is gone."""
        if kind == "order":
            order = self.orders.get(key)
            return None if order is None else OpenOrderEntry(*_order_values(order))
        if kind == "position":
            held = self.positions.get(key)
            if held is None:
                return None
            return PositionEntry(self.account_id, key, held.qty_e6, held.cost_basis_e4, held.realized_e4)
        return self.finished.get(key)


class Accounts:
    """All accounts of a partition, and what time will bring: settlements by day, ids to forget by time."""

    __slots__ = ("by_id", "decode", "expiries", "firm", "settlements")

    def __init__(self, decode: Callable[[bytes], Any]) -> None:
        self.decode = decode  # of a record that a command carries as bytes
        self.firm = FirmEntry("Trading", 0)
        self.by_id: dict[str, Account] = {}
        self.expiries: list[tuple[int, str, str]] = []  # heap of (time, account, finished id)
        self.settlements: list[tuple[int, str]] = []  # heap of (day, account), one for each account and day

    def finish(self, account: Account, finished: FinishedEntry) -> str:
        """Keep an id as taken for the stated time; returns the name of its entry."""
        account.finished[finished.order_id] = finished
        if finished.client_order_id:
            account.client_ids[finished.client_order_id] = finished.order_id
        heappush(self.expiries, (finished.finished_time_us, account.account_id, finished.order_id))
        return f"finished/{account.account_id}/{finished.order_id}"

    def add_unsettled(self, account: Account, day: int, amount_e4: int) -> None:
        """Count proceeds as not settled until a day (days since the epoch)."""
        if amount_e4 == 0:
            return
        if day in account.unsettled:
            account.unsettled[day] += amount_e4
        else:
            account.unsettled[day] = amount_e4
            heappush(self.settlements, (day, account.account_id))
        account.unsettled_e4 += amount_e4

    def take_unsettled(self, account: Account, day: int, amount_e4: int) -> None:
        """Count proceeds of a day no more, as far as they have not settled."""
        if day in account.unsettled:
            amount_e4 = min(amount_e4, account.unsettled[day])
            account.unsettled[day] -= amount_e4
            account.unsettled_e4 -= amount_e4
            if not account.unsettled[day]:
                del account.unsettled[day]

    def settle(self, day: int) -> Iterator[tuple[Account, int, int]]:
        """Settle what is due on a day or before, by day and account; yields the account, its day and the amount."""
        while self.settlements and self.settlements[0][0] <= day:
            due, account_id = heappop(self.settlements)
            account = self.by_id[account_id]
            amount_e4 = account.unsettled.pop(due, 0)  # 0: the sales of the day were canceled
            if amount_e4:
                account.unsettled_e4 -= amount_e4
                yield account, due, amount_e4

    def forget(self, time_us: int) -> list[str]:
        """Forget the ids whose time is over; returns the names of their entries."""
        forgotten = []
        while self.expiries and self.expiries[0][0] + FINISHED_KEPT_US <= time_us:
            _, account_id, finished_id = heappop(self.expiries)
            account = self.by_id[account_id]
            client_order_id = account.finished.pop(finished_id).client_order_id
            if account.client_ids.get(client_order_id) == finished_id:
                del account.client_ids[client_order_id]
            forgotten.append(f"finished/{account_id}/{finished_id}")
        return forgotten
