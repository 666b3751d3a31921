"""Random traders: every order type, time in force, instruction and leg, cancels, replaces, transfers, and garbage.

They know the ids they made up and nothing else, so many commands come too late, twice, or for nothing; that is wanted.
Most orders are plain, as in a market; two accounts in a row have one owner.
"""

from __future__ import annotations

import random

from proof.simulated.asking import CENT_E4, ask_more
from proof.simulated.broker import Broker
from proof.simulated.hanging import hang_legs
from topics import catalogue
from topics import messages as m
from topics.codec import encode
from topics.message import Message

SYMBOLS = ("AAA", "BBB", "CCC")
REFERENCE_E4 = 100_0000
CASH_E4 = 2_000_000_0000
SHARES_E6 = 5_000_000_000
DAY: tuple[m.TradingPhase, ...] = (
    *("Quiescent", "PreTrading", "OpeningAuction", "Continuous", "ClosingAuction", "PostTrading"),
)
CONTINUOUS_AT = DAY.index("Continuous")
AUCTION_KINDS: tuple[m.SessionKind, ...] = ("Indicate", "NoCancel", "NoMarket", "NoEntry", "Reopen", "Reopen")
ASKS_MORE = 0.4  # chance that an order has instructions
HAS_LEGS = 0.25  # chance that an order comes with legs


class Traders:
    def __init__(self, broker: Broker, seed: int, accounts: int) -> None:
        self.broker, self.random = broker, random.Random(seed)
        self.accounts = [f"A{n}" for n in range(accounts)]
        self.owners = {account: f"U{n // 2}" for n, account in enumerate(self.accounts)}
        self.orders: dict[str, list[str]] = {account: ["nonesuch"] for account in self.accounts}
        self.trailing: dict[str, list[str]] = {account: [] for account in self.accounts}  # of those, trailing stops
        self.number = 0
        self.time_us = 1_760_000_000_000_000
        self.phases: dict[str, int] = {}  # where in `DAY` a symbol was sent
        self.deposited_e4 = 0
        self.deposited_e6 = dict.fromkeys(SYMBOLS, 0)

    def _command(self, topic: str, key: str, message: Message, partition: int | None = None) -> None:
        self.time_us += self.random.choice((0, 1, 500, 20_000))
        self.number += 1
        correlation = [("correlation-id", f"c{self.number}".encode())]
        self.broker.append(topic, key, encode(message), correlation, partition)

    def open_market(self) -> None:
        """List the symbols and open the accounts, all with cash and shares."""
        for symbol in SYMBOLS:
            terms = m.DefineInstrument(symbol, symbol, "Active", "Rule612", REFERENCE_E4, 1, "operator", self.time_us)
            self._command(catalogue.ORDERS, symbol, terms)
        for account in self.accounts:
            opened = m.OpenAccount(account, self.owners[account], "standard", self.time_us)
            self._command(catalogue.COMMANDS, account, opened)
            self._deposit(account, CASH_E4)
            for symbol in SYMBOLS:
                self._deposit_shares(account, symbol, SHARES_E6)

    def act(self) -> None:
        """One random command of somebody."""
        account = self.random.choice(self.accounts)
        kinds = (self._submit, self._cancel, self._replace, self._rare)
        self.random.choices(kinds, weights=(60, 20, 15, 5))[0](account)

    def _submit(self, account: str) -> None:
        pick = self.random.choice
        self.number += 1
        order_id = f"O{self.number}"
        kinds: tuple[m.OrderType, ...] = ("Limit", "Market", "Stop", "StopLimit")
        order_type = self.random.choices(kinds, weights=(70, 12, 9, 9))[0]
        side: m.Side = pick(("Buy", "Sell"))
        force: m.TimeInForce = pick(
            ("Day", "GoodTillCancel", "GoodTillCancel", "ImmediateOrCancel", "FillOrKill", "GoodTillDate")
        )
        if order_type in ("Stop", "StopLimit"):
            force = pick(("Day", "GoodTillCancel"))
        elif self.random.random() < 0.1:
            force = pick(("AtTheOpening", "AtTheClose"))
        symbol = pick(SYMBOLS)
        self.orders[account].append(order_id)
        order = m.SubmitOrder(
            account_id=account,
            user_id=self.owners[account],
            order_id=order_id,
            client_order_id=pick((f"k{order_id}", f"k{order_id}", f"k{order_id}", "again")),
            symbol=symbol,
            side=side,
            order_type=order_type,
            time_in_force=force,
            qty_e6=self._qty(),
            limit_price_e4=self._price() if order_type in ("Limit", "StopLimit") else None,
            stop_price_e4=self._price() if order_type in ("Stop", "StopLimit") else None,
            expire_time_us=self.time_us + pick((1, 1_000_000)) if force == "GoodTillDate" else None,
            post_only=order_type == "Limit" and force in ("Day", "GoodTillCancel") and self.random.random() < 0.2,
            self_match_prevention=pick(("CancelNewest", "CancelOldest", "CancelBoth", "DecrementAndCancel", "Off")),
            instrument_version=1,
            instrument_status="Active",
            tick_rule="Rule612",
            reference_price_e4=REFERENCE_E4,
            bid_price_e4=None,
            ask_price_e4=None,
            transact_time_us=self.time_us,
        )
        if self.random.random() < ASKS_MORE:
            asked = ask_more(order, self.random)
            if asked.trail_offset_e4 is not None or asked.trail_percent_e4 is not None:
                self.trailing[account].append(order_id)
        if self.random.random() < HAS_LEGS:
            self.orders[account] += hang_legs(order, self.random)
        self._command(catalogue.COMMANDS, account, order)

    def _cancel(self, account: str) -> None:
        if self.random.random() < 0.05:
            self._command(catalogue.COMMANDS, account, m.CancelAllOrders(account, self.time_us))
        else:
            order_id = self.random.choice(self.orders[account][-12:])
            self._command(catalogue.COMMANDS, account, m.CancelOrder(account, order_id, self.time_us))

    def _replace(self, account: str) -> None:
        self.number += 1
        new_id = f"O{self.number}"
        maybe = self.random.random
        trails = bool(self.trailing[account]) and maybe() < 0.3
        known = self.trailing if trails else self.orders
        original = self.random.choice(known[account][-12:])
        self.orders[account].append(new_id)
        if trails:
            self.trailing[account].append(new_id)
        self._command(
            catalogue.COMMANDS,
            account,
            m.ReplaceOrder(
                account_id=account,
                order_id=original,
                new_order_id=new_id,
                client_order_id=f"k{new_id}",
                qty_e6=self._qty() if maybe() < 0.7 else None,
                limit_price_e4=self._price() if not trails and maybe() < 0.5 else None,
                stop_price_e4=self._price() if maybe() < 0.1 else None,
                time_in_force=None,
                expire_time_us=None,
                tick_rule="Rule612",
                reference_price_e4=REFERENCE_E4,
                bid_price_e4=None,
                ask_price_e4=None,
                transact_time_us=self.time_us,
                trail_e4=self._trail() if maybe() < (0.7 if trails else 0.05) else None,
            ),
        )

    def _rare(self, account: str) -> None:
        """Transfers, the clock, and records that do not belong."""
        kind = self.random.randrange(9)
        if kind == 0:
            self._deposit(account, self.random.randint(1, 10**9))
        elif kind == 1:
            self._deposit_shares(account, self.random.choice(SYMBOLS), self.random.randint(1, 10**8))
        elif kind == 2:
            self._session(self.random.choice(SYMBOLS), self.random.choice(("Halt", "Resume", "Resume", "Expire")))
        elif kind == 3:
            for partition in range(self.broker.partitions):
                self._command(catalogue.COMMANDS, "clock", m.AdvanceTime("clock", self.time_us), partition)
        elif kind == 4:
            topic = self.random.choice((catalogue.COMMANDS, catalogue.ORDERS))
            self.broker.append(topic, account, self.random.randbytes(self.random.randint(0, 40)))
        elif kind == 5:
            self._session(self.random.choice(SYMBOLS), "DayEnd")
        elif kind == 6:
            self._session(self.random.choice(SYMBOLS), self.random.choice(AUCTION_KINDS))
        else:
            self._next_phase(self.random.choice(SYMBOLS))

    def _next_phase(self, symbol: str) -> None:
        """Mostly the next phase of the day, so that auctions find orders; now and then any."""
        at = self.phases.get(symbol, CONTINUOUS_AT)
        at = (at + 1) % len(DAY) if self.random.random() < 0.8 else self.random.randrange(len(DAY))
        self.phases[symbol] = at
        rules: m.AuctionRules = self.random.choice(("Nasdaq", "Xetra", "Euronext", "Jse"))
        self._session(symbol, "Phase", DAY[at], rules)

    def close_market(self) -> None:
        """End the day, and cancel what is good beyond it."""
        for symbol in SYMBOLS:
            self._session(symbol, "Resume")
            self._session(symbol, "Phase", "Continuous")
            self._session(symbol, "Phase", "PostTrading")
            self._session(symbol, "DayEnd")
        for account in self.accounts:
            self._command(catalogue.COMMANDS, account, m.CancelAllOrders(account, self.time_us))

    def _session(
        self, symbol: str, kind: m.SessionKind, phase: m.TradingPhase | None = None, rules: m.AuctionRules = "Nasdaq"
    ) -> None:
        self.time_us += 1
        command = m.SessionCommand(symbol, f"day-{self.number}", kind, "clock", self.time_us, phase, rules)
        self._command(catalogue.ORDERS, symbol, command)

    def _deposit(self, account: str, amount_e4: int) -> None:
        self.deposited_e4 += amount_e4
        self._command(catalogue.COMMANDS, account, m.Deposit(account, f"T{self.number}", amount_e4, self.time_us))

    def _deposit_shares(self, account: str, symbol: str, qty_e6: int) -> None:
        self.deposited_e6[symbol] += qty_e6
        transfer = m.DepositShares(account, f"T{self.number}", symbol, qty_e6, qty_e6 * 100 // 100, self.time_us)
        self._command(catalogue.COMMANDS, account, transfer)

    def _qty(self) -> int:
        return self.random.choice((1, 1, 5, 10, 100, 250)) * self.random.choice((1_000_000, 1_000_000, 333_333))

    def _price(self) -> int:
        return REFERENCE_E4 + self.random.randint(-6, 6) * CENT_E4

    def _trail(self) -> int:
        """A few cents; or so much that a sell's stop would be at zero, or a buy's far from any price."""
        return self.random.choice((1, CENT_E4, 3 * CENT_E4, 8 * CENT_E4, REFERENCE_E4 - CENT_E4, REFERENCE_E4))
