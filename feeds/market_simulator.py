"""`python -m feeds simulator`: the order flow of `feeds/flow`, carried out through the public order path.

Seeded: the same seed makes the same decisions for the same market. Each symbol has one account that rests orders and
one that takes. Orders that an earlier run left in the books are adopted, so a restart adds only what is missing. Where
the API is slower than the flow the flow waits: its time stands still, and nothing is made up for.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from contextlib import suppress
from typing import Any

import httpx

from config.settings import Settings
from feeds.best_quotes import BestQuotes
from feeds.demo_market import REFERENCE_E4
from feeds.flow.actions import Action, Best, Cancel, Submit
from feeds.flow.flow import Flow
from feeds.flow.universe import universe
from feeds.own_orders import OwnOrders
from feeds.rest_trader import RestTrader, load_credentials, price_text

HANDS = 8  # requests on their way at once; a symbol's go one behind the other
WAITING_MAX = 50  # actions that wait for a hand before the flow stands still
LATE_MAX_S = 1.0
OPENING_PER_S = 60.0  # first quotes of the symbols beyond the demonstration's, so that the machine stays usable
LOOK_EVERY_S = 3.0  # for symbols that have become tradable
TELL_EVERY_S = 60.0
ENDED = {"fill", "canceled", "expired", "rejected", "done_for_day"}

log = logging.getLogger(__name__)


class MarketSimulator:
    """One run. The first half of the traders rest orders, the others take."""

    def __init__(self, config: Settings, traders: list[RestTrader], seed: int) -> None:
        self.config, half = config, len(traders) // 2
        self.makers, self.takers = traders[:half], traders[half:]
        self.symbols = [each.symbol for each in universe(config.simulator_symbols)]
        self.number = {symbol: number for number, symbol in enumerate(self.symbols)}
        self.flow = Flow(universe(config.simulator_symbols), seed, config.simulator_rate, time.time_ns() // 1000)
        self.quotes, self.orders = BestQuotes(), OwnOrders(f"{time.time_ns() // 1_000_000:x}")
        self.hands: list[asyncio.Queue[Action]] = [asyncio.Queue(WAITING_MAX) for _ in range(HANDS)]
        self.is_open: set[str] = set()
        self.told: Counter[str] = Counter()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.quotes.follow(self.config))
            for maker in self.makers:
                connected = asyncio.Event()
                group.create_task(self._listen(maker, connected))
                await connected.wait()
            await self._adopt()
            for hand in self.hands:
                group.create_task(self._work(hand))
            group.create_task(self._open_symbols())
            group.create_task(self._tell())
            await self._drive()

    def maker(self, symbol: str) -> RestTrader:
        """Whose orders rest in a symbol; `stack.simulator_accounts` gives shares by the same rule."""
        return self.makers[self.number[symbol] % len(self.makers)]

    def taker(self, symbol: str) -> RestTrader:
        """Who takes in a symbol."""
        return self.takers[self.number[symbol] % len(self.takers)]

    async def _listen(self, maker: RestTrader, connected: asyncio.Event) -> None:
        async for event in maker.events(connected):
            if event["order"] is not None and event["event"] in ENDED:
                self._gone(event["order"]["client_order_id"])

    def _gone(self, client_order_id: str) -> None:
        numbered = self.orders.gone(client_order_id)
        if numbered is not None:
            self.flow.gone(*numbered)

    async def _adopt(self) -> None:
        """Take over what an earlier run left in the books; the best of it is the price to go on from."""
        for maker in self.makers:
            async for order in maker.open_orders():
                if order["symbol"] in self.number and order["limit_price"] is not None:
                    self._adopt_one(order)
        if len(self.orders):
            log.info("%d open orders of an earlier run are adopted", len(self.orders))

    def _adopt_one(self, order: dict[str, Any]) -> None:
        symbol, price_e4 = order["symbol"], round(float(order["limit_price"]) * 10_000)
        buys, before = order["side"] == "buy", self.quotes.of(symbol)
        number = self.flow.adopt(symbol, "Buy" if buys else "Sell", price_e4)
        self.orders.adopt(order["client_order_id"], (symbol, number), order["id"])
        if buys:
            best = Best(max(price_e4, before.bid_e4 or 0), before.ask_e4)
        else:
            best = Best(before.bid_e4, min(price_e4, before.ask_e4 or price_e4))
        self.quotes.by_symbol[symbol] = best

    async def _open_symbols(self) -> None:
        """Open each symbol once both of its accounts have shares of it, the demonstration's symbols first."""
        while len(self.is_open) < len(self.symbols):
            resting = [await trader.positions() for trader in self.makers]
            taking = [await trader.positions() for trader in self.takers]
            for number, symbol in enumerate(self.symbols):
                owned = symbol in resting[number % len(resting)] and symbol in taking[number % len(taking)]
                if owned and symbol not in self.is_open:
                    await self._open(symbol)
            await asyncio.sleep(LOOK_EVERY_S)
        log.info("all %d symbols are open", len(self.symbols))

    async def _open(self, symbol: str) -> None:
        self.is_open.add(symbol)
        best = self.quotes.of(symbol)
        price_e4 = (best.bid_e4 + best.ask_e4) // 2 if best.bid_e4 and best.ask_e4 else None
        actions = self.flow.open(symbol, price_e4)
        for action in actions:
            await self._hand(action)
        if symbol not in REFERENCE_E4:
            await asyncio.sleep(len(actions) / OPENING_PER_S)

    async def _drive(self) -> None:
        """Carry the flow out as its time comes."""
        began_s, began_us = time.monotonic(), self.flow.now_us
        while True:
            due_s = began_s + (self.flow.next_us - began_us) / 1e6
            late_s = time.monotonic() - due_s
            if late_s < 0:
                await asyncio.sleep(min(-late_s, LATE_MAX_S))  # what opens meanwhile may be due earlier
                continue
            if late_s > LATE_MAX_S:
                began_s += late_s
            for action in self.flow.step(self.quotes.of)[1]:
                await self._hand(action)

    async def _hand(self, action: Action) -> None:
        if isinstance(action, Submit | Cancel):  # a halt is the operator's to make; the flow pauses all the same
            await self.hands[self.number[action.symbol] % HANDS].put(action)

    async def _work(self, hand: asyncio.Queue[Action]) -> None:
        while True:
            action = await hand.get()
            if isinstance(action, Submit):
                await self._submit(action)
            elif isinstance(action, Cancel):
                order_id = self.orders.id_of((action.symbol, action.number))
                if order_id is not None:
                    await self.maker(action.symbol).cancel(order_id)

    async def _submit(self, action: Submit) -> None:
        order = {
            "symbol": action.symbol,
            "side": action.side.lower(),
            "qty": str(action.qty_e6 // 1_000_000),
        }
        numbered = (action.symbol, action.number)
        client_order_id = self.orders.send(numbered)
        order["client_order_id"] = client_order_id
        if action.price_e4 is None:
            order |= {"type": "market", "time_in_force": "ioc"}
            await self.taker(action.symbol).submit(order)
            self.orders.gone(client_order_id)
            return
        order |= {"type": "limit", "time_in_force": "gtc", "limit_price": price_text(action.price_e4)}
        order_id = await self.maker(action.symbol).submit(order)
        if order_id is None:
            self._gone(client_order_id)
        else:
            self.orders.answered(client_order_id, order_id)

    async def _tell(self) -> None:
        """Say now and then what was placed, and what was refused and why."""
        while True:
            await asyncio.sleep(TELL_EVERY_S)
            refused = sum((trader.refused for trader in (*self.makers, *self.takers)), Counter[str]())
            since, self.told = refused - self.told, refused
            log.info(
                "%d symbols open, %d orders placed, %d out; refused since the last time: %s",
                len(self.is_open),
                self.placed,
                len(self.orders),
                dict(since) or "none",
            )

    @property
    def placed(self) -> int:
        """Orders that passed the pre-trade checks."""
        return sum(trader.placed for trader in (*self.makers, *self.takers))


async def run(config: Settings, seed: int, seconds: float | None = None) -> int:
    """For so long, or until cancelled; returns the number of orders placed."""
    credentials = load_credentials(config.home / "simulator-accounts.json")
    url = f"http://{config.api_host}:{config.api_port}"
    limits = httpx.Limits(max_connections=HANDS + len(credentials) + 2)
    async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False, limits=limits) as client:
        simulator = MarketSimulator(config, [RestTrader(client, each) for each in credentials], seed)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await simulator.run()
        return simulator.placed
