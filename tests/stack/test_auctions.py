"""A whole day of one symbol on a real stack: the opening auction, a worker that is killed between freeze and uncross,
trading, a halt that an auction ends, and the close; then the log, the stores and the balances are verified.

Commands reach the log in the order of this text, for each is sent when the one before is recorded: no result hangs on
how fast anything is.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from typing import Any

import httpx
import pytest

from api.accounts.opening import account_desk
from api.accounts.service import Shares
from config.settings import Settings
from feeds.clock import Clock
from feeds.kill import halt_symbols, resume_symbols
from feeds.list_instruments import list_instruments
from feeds.producer import producing
from feeds.schedule import Due
from proof.log_reader import ends, records
from proof.verify import verify
from stack.own_stack import CLUSTER, OwnStack, own_stack
from stack.processes import API
from tests.api.client import Client, eventually
from tests.api.stream import Stream, following
from topics.catalogue import AUCTIONS
from topics.codec import decode
from topics.messages import SessionKind, TradingPhase

pytestmark = pytest.mark.stack

SYMBOL = "XYZ"  # its reference price is 100.00


class Party:
    """An account, and what its stream has told it; orders are called by their client ids."""

    def __init__(self, client: Client, stream: Stream) -> None:
        self.client, self.stream = client, stream

    async def order(self, name: str, side: str, qty: str, limit: str | None = None, force: str = "day") -> str:
        """Place an order, a market order without a limit; returns its id once it is accepted and so recorded."""
        of_type = {"type": "market"} if limit is None else {"limit_price": limit}
        answer = await self.client.place(SYMBOL, side, qty, client_order_id=name, time_in_force=force, **of_type)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def fills(self) -> list[str]:
        """The fills that it was told of, as `order quantity@price`."""
        fills = [event for event in self.stream.events if event["event"] in ("fill", "partial_fill")]
        return [f"{fill['order']['client_order_id']} {fill['qty']}@{fill['price']}" for fill in fills]

    async def until_filled(self, *fills: str) -> None:
        """Wait for so many fills; they are these and no others."""
        await self.stream.until(lambda _stream: len(self.fills()) >= len(fills), timeout_s=45)
        assert self.fills() == list(fills)

    async def statuses(self) -> dict[str, str]:
        """What has become of its orders."""
        orders = (await self.client.get("/v2/orders?status=all")).json()
        return {order["client_order_id"]: order["status"] for order in orders}

    async def until_told(self, name: str, event: str) -> None:
        def is_told(stream: Stream) -> bool:
            told = [(each["event"], each["order"] and each["order"]["client_order_id"]) for each in stream.events]
            return (event, name) in told

        await self.stream.until(is_told)


@asynccontextmanager
async def trading(own: OwnStack) -> AsyncIterator[tuple[Party, Party]]:
    """A buyer with cash and a seller with shares, each following its events."""
    async with AsyncExitStack() as opened:
        desk, _ = await opened.enter_async_context(account_desk(own.config))
        parties = []
        for held in ({}, {SYMBOL: Shares(Decimal(100), Decimal(90))}):
            account = await desk.open_account(Decimal(100_000), held, "standard")
            url = f"http://{own.config.api_host}:{own.config.api_port}"
            client = await opened.enter_async_context(Client(url, account.account_id, account.key))
            parties.append(Party(client, await opened.enter_async_context(following(client))))
        yield parties[0], parties[1]


async def told_auctions(config: Settings) -> list[tuple[Any, ...]]:
    """What was published of the auctions: kind, phase, price, paired, left over and its side."""
    found = []
    for at, end in (await ends(config, [AUCTIONS])).items():
        async for record in records(config, at, end):
            told = decode(record.value)
            price = None if told.price_e4 is None else f"{told.price_e4 / 10_000:.2f}"
            quantities = told.paired_qty_e6 // 10**6, told.imbalance_qty_e6 // 10**6
            found.append((told.kind, told.phase, price, *quantities, told.imbalance_side))
    return found


async def rejected(party: Party, name: str, side: str, qty: str, limit: str | None, force: str) -> None:
    """An order that the book does not take: accounts has passed it on, so the stream says it."""
    await party.order(name, side, qty, limit, force)
    await party.until_told(name, "rejected")


def quiet(_text: str) -> None:
    """A progress that nobody watches."""


async def test_a_day_of_auctions_with_a_worker_killed_between_freeze_and_uncross() -> None:
    with own_stack((*CLUSTER, API)) as own:
        await list_instruments(own.config, ((SYMBOL, SYMBOL, 1_000_000, ""),))
        async with producing(own.config) as producer, trading(own) as (buyer, seller):
            clock = Clock(own.config, producer)

            async def say(kind: SessionKind, phase: TradingPhase | None = None) -> None:
                today = dt.datetime.now(dt.UTC).date().isoformat()
                await clock.tell_books([SYMBOL], Due(time.time_ns() // 1000, today, kind, phase))

            async def tell(count: int) -> list[tuple[Any, ...]]:
                return await eventually(lambda: told_auctions(own.config), lambda told: len(told) >= count, 45)

            async def far_below() -> httpx.Response:
                """An order that trades with nobody: the API hears of a halt, and of its end, a little later."""
                return await buyer.client.place(SYMBOL, "buy", "1", limit_price="90")

            # Before the opening: orders wait, and nobody sees them.
            await say("Phase", "PreTrading")
            await buyer.order("b-opg", "buy", "10", force="opg")
            opening = await seller.order("s-opg", "sell", "8", "99", force="opg")
            await buyer.order("b-day", "buy", "5", "101")
            await seller.order("s-day", "sell", "12", "100")
            await rejected(buyer, "b-ioc", "buy", "1", "101", "ioc")

            # 15 to buy at 100 and above, 20 to sell there, 8 below: the auction would give 100.
            await say("Phase", "OpeningAuction")
            await say("Indicate")
            indicative = ("Indicative", "OpeningAuction", "100.00", 15, 5, "Sell")
            assert await tell(1) == [indicative]

            # Frozen: nothing for the auction alone is canceled; a late limit is moved, and then none is taken.
            await say("NoCancel")
            await say("NoMarket")
            assert (await seller.client.delete(f"/v2/orders/{opening}")).status_code == 204
            await seller.stream.until(lambda stream: "order_cancel_rejected" in stream.names)
            late = await buyer.order("b-late", "buy", "1", "101", "opg")
            await buyer.until_told("b-late", "new")
            assert (await buyer.client.get(f"/v2/orders/{late}")).json()["limit_price"] == "100.00"
            await say("NoEntry")
            await rejected(buyer, "b-later", "buy", "1", "101", "opg")
            await say("Indicate")
            assert (await tell(2))[1:] == [("Indicative", "OpeningAuction", "100.00", 16, 4, "Sell")]
            assert buyer.fills() == seller.fills() == []

            # The worker dies; the opening is recorded before another one is there, and traded once.
            (name,) = (name for name in own.running() if name.startswith("matching"))
            pid = own.running()[name].pid
            os.kill(pid, signal.SIGKILL)
            await say("Phase", "Continuous")
            bought = ["b-opg 8@100.00", "b-opg 2@100.00", "b-day 5@100.00", "b-late 1@100.00"]
            sold = ["s-opg 8@100.00", "s-day 2@100.00", "s-day 5@100.00", "s-day 1@100.00"]
            await buyer.until_filled(*bought)
            await seller.until_filled(*sold)
            assert own.running()[name].pid != pid
            assert (await tell(3))[2:] == [("Uncrossed", "OpeningAuction", "100.00", 16, 4, "Sell")]

            # Continuous: the 4 that are left rest in the book, and what is for the opening comes too late.
            await buyer.order("b-2", "buy", "2", "100")
            bought.append("b-2 2@100.00")
            sold.append("s-day 2@100.00")
            await buyer.until_filled(*bought)
            await seller.until_filled(*sold)
            await rejected(buyer, "b-latest", "buy", "1", "101", "opg")

            # Halted: no order is taken, until an auction is called; 4 to buy meet 2 at 100 and 3 at 101.
            await halt_symbols(own.config, [SYMBOL], "Volatility")
            refused = await eventually(far_below, lambda answer: answer.is_client_error)
            assert [error["rule"] for error in refused.json()["errors"]] == ["tradable_symbol"]
            await resume_symbols(own.config, [SYMBOL], auction=True)
            await eventually(far_below, lambda answer: answer.is_success)
            await seller.order("s-reopen", "sell", "3", "101")
            await buyer.order("b-reopen", "buy", "4", "102")
            assert len(buyer.fills()) == len(bought)
            await resume_symbols(own.config, [SYMBOL], auction=False)
            bought += ["b-reopen 2@101.00", "b-reopen 2@101.00"]
            sold += ["s-day 2@101.00", "s-reopen 2@101.00"]
            await buyer.until_filled(*bought)
            await seller.until_filled(*sold)
            assert (await tell(4))[3:] == [("Uncrossed", "UnscheduledAuction", "101.00", 4, 1, "Sell")]

            # The close: a market order is taken until it may not be, and meets the book and what is for the close.
            await buyer.order("b-cls", "buy", "4", force="cls")
            await say("NoMarket")
            await rejected(buyer, "b-cls-2", "buy", "1", None, "cls")
            await seller.order("s-cls", "sell", "4", "101.50", force="cls")
            await say("NoEntry")
            await say("Indicate")
            await rejected(seller, "s-cls-2", "sell", "1", "101.50", "cls")
            assert (await tell(5))[4:] == [("Indicative", "Continuous", "101.50", 4, 1, "Sell")]
            await say("Phase", "ClosingAuction")
            await say("Phase", "PostTrading")
            bought += ["b-cls 1@101.50", "b-cls 3@101.50"]
            sold += ["s-reopen 1@101.50", "s-cls 3@101.50"]
            await buyer.until_filled(*bought)
            await seller.until_filled(*sold)
            assert (await tell(6))[5:] == [("Uncrossed", "ClosingAuction", "101.50", 4, 1, "Sell")]
            await seller.until_told("s-cls", "canceled")

            assert await seller.statuses() == {
                **dict.fromkeys(("s-opg", "s-day", "s-reopen"), "filled"),
                "s-cls": "canceled",
                "s-cls-2": "rejected",
            }
            assert (await buyer.client.get("/v2/positions")).json()[0]["qty"] == "26"
            assert (await seller.client.get("/v2/positions")).json()[0]["qty_available"] == "74"

        found = await verify(own.config, quiet)
        assert found.ok, found.as_dict()
