"""Places, reads, replaces and cancels the orders of one caller."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import DictRow

from api import metrics
from api.log.ask import Answers, Asker
from api.log.market import Market, Seen
from api.orders import repository, translate
from api.orders.legs import contingency_of
from api.orders.refusals import problem_of_forgotten, problem_of_refusal, problem_of_reject
from api.orders.rules import check_changes, check_cursors, check_fields
from api.orders.schemas import CancelAll, ListOrders, NewOrderRequest, ReplaceOrderRequest
from api.problems import InvalidRequest, NotFound, OutcomeUnknown, Problem, Unavailable
from api.security.service import Caller
from api.store.freshness import Freshness
from api.store.pool import Pool
from topics.catalogue import ORDER_EVENTS
from topics.messages import CancelOrder, OrderCancelReject, OrderEvent

SYMBOLS_REMEMBERED_MAX = 100_000


class OrderService:
    """What /v2/orders does."""

    def __init__(self, pool: Pool, freshness: Freshness, asker: Asker, market: Market) -> None:
        self._pool = pool
        self._freshness = freshness
        self._asker = asker
        self._market = market
        self._symbols: OrderedDict[tuple[str, str], str] = OrderedDict()  # of orders that were placed here

    async def submit(self, caller: Caller, request: NewOrderRequest) -> dict[str, Any]:
        """Place an order; returns it as it is once the decision on it is durable, or pending after the time limit."""
        now_us = time.time_ns() // 1000
        check_fields(request, now_us)
        order_id = str(uuid4())
        client_order_id = request.client_order_id or str(uuid4())
        seen = self._seen(request.symbol)
        contingency = contingency_of(request, lambda: str(uuid4()))
        command = translate.submit_order(request, caller, order_id, client_order_id, seen, now_us, contingency)
        legs: list[dict[str, Any]] = []
        try:
            async with self._asker.ask(caller.account_id, command, order_id) as answers:
                event = await answers.next()
                if contingency is not None and event is not None and event.order_status != "Rejected":
                    legs = [row async for row in _legs(answers, len(contingency.legs))]
        except OutcomeUnknown as unknown:
            metrics.DECISIONS.labels("unknown").inc()
            unknown.members["client_order_id"] = client_order_id
            raise
        if event is None:
            metrics.DECISIONS.labels("pending").inc()
            return translate.order_of(translate.row_of_command(command))
        if event.order_status == "Rejected":
            metrics.DECISIONS.labels("refused").inc()
            raise problem_of_refusal(event)
        metrics.DECISIONS.labels("accepted").inc()
        for placed_id in (order_id, *(leg["order_id"] for leg in legs)):
            self._remember(caller.account_id, placed_id, request.symbol)
        return translate.order_of(translate.row_of_event(event) | {"legs": legs or None})

    async def get(self, caller: Caller, order_id: str, nested: bool = False) -> dict[str, Any]:
        row = await self._row(caller, order_id)
        return translate.order_of((await self._nested(caller, [row]))[0] if nested else row)

    async def get_by_client_id(self, caller: Caller, client_order_id: str) -> dict[str, Any]:
        await self._freshness.wait(caller.account_id, [ORDER_EVENTS])
        row = await repository.find_by_client_id(self._pool, caller.account_id, client_order_id)
        if row is None:
            raise NotFound("no such order")
        return translate.order_of(row)

    async def find(self, caller: Caller, query: ListOrders) -> list[dict[str, Any]]:
        """Raises InvalidRequest for cursors that do not go together, and for one that is no order of the caller's."""
        check_cursors(query)
        await self._freshness.wait(caller.account_id, [ORDER_EVENTS])
        await self._check_known(caller, "after_order_id", query.after_order_id)
        await self._check_known(caller, "before_order_id", query.before_order_id)
        rows = await repository.list_orders(self._pool, caller.account_id, query)
        return [translate.order_of(row) for row in (await self._nested(caller, rows) if query.nested else rows)]

    async def _nested(self, caller: Caller, rows: list[DictRow]) -> list[DictRow]:
        """Orders with their legs in them, under the ids that are in force."""
        roots = [row["root_order_id"] for row in rows if row["contingency_type"] is not None]
        legs: dict[str, list[DictRow]] = {}
        for leg in await repository.legs_of(self._pool, caller.account_id, roots) if roots else []:
            legs.setdefault(leg["parent_order_id"], []).append(leg)
        return [row | {"legs": None if row["parent_order_id"] else legs.get(row["root_order_id"])} for row in rows]

    async def replace(self, caller: Caller, order_id: str, request: ReplaceOrderRequest) -> dict[str, Any]:
        """Replace an order; returns its successor once the book has it.

        Should the book not answer within the time limit, the successor is shown as the checks accepted it.
        """
        order_id = canonical(order_id)
        check_changes(request)
        symbol = self._symbols.get((caller.account_id, order_id)) or (await self._stored(caller, order_id))["symbol"]
        new_order_id = str(uuid4())
        client_order_id = request.client_order_id or str(uuid4())
        command = translate.replace_order(
            request,
            caller.account_id,
            order_id,
            new_order_id,
            client_order_id,
            self._seen(symbol),
            time.time_ns() // 1000,
        )
        pending = None
        async with self._asker.ask(caller.account_id, command, new_order_id) as answers:
            while (answer := await answers.next()) is not None:
                if isinstance(answer, OrderCancelReject):
                    raise await self._problem_of(caller, answer, price_of(request))
                if answer.order_id == new_order_id:
                    self._remember(caller.account_id, new_order_id, symbol)
                    return translate.order_of(translate.row_of_event(answer))
                if answer.exec_type == "PendingReplace":
                    pending = answer
        if pending is None:
            raise OutcomeUnknown(
                "the replace is recorded and not decided yet", order_id=order_id, client_order_id=client_order_id
            )
        return translate.order_of(translate.row_of_successor(pending, command))

    async def cancel(self, caller: Caller, order_id: str) -> None:
        """Ask to cancel an order; returns once accounts passes it on to the book."""
        order_id = canonical(order_id)
        command = CancelOrder(caller.account_id, order_id, time.time_ns() // 1000)
        async with self._asker.ask(caller.account_id, command, str(uuid4())) as answers:
            answer = await answers.next()
        if answer is None:
            raise OutcomeUnknown("the cancel is recorded and not decided yet", order_id=order_id)
        if isinstance(answer, OrderCancelReject):
            raise await self._problem_of(caller, answer, "limit_price")

    async def cancel_all(self, caller: Caller, which: CancelAll) -> list[dict[str, Any]]:
        """Cancel all open orders, or a symbol's, a session's; returns those whose cancel is asked of the book now.

        Accounts says nothing when none is open. So the cancel of an order that does not exist follows, whose refusal
        comes behind all answers: neither a guess nor a view that may be old is needed to know that these are all.
        """
        now_us = time.time_ns() // 1000
        command = translate.cancel_all_of(which, caller.account_id, now_us)
        end = CancelOrder(caller.account_id, str(uuid4()), now_us)
        canceled: dict[str, dict[str, Any]] = {}
        async with self._asker.ask(caller.account_id, command, str(uuid4()), then=end) as answers:
            while (answer := await answers.next()) is not None and answer.order_id != end.order_id:
                if isinstance(answer, OrderEvent):  # the book's own word may be there already
                    canceled[answer.order_id] = translate.order_of(translate.row_of_event(answer))
            await answers.recorded()
        if answer is None:
            raise OutcomeUnknown("the cancel of all orders is recorded and not decided yet")
        return [{"id": order_id, "status": 200, "body": order} for order_id, order in canceled.items()]

    async def _problem_of(self, caller: Caller, reject: OrderCancelReject, price_field: str) -> Problem:
        """Raises NotFound for an order that is not stored either."""
        if reject.cancel_reject_reason != "UnknownOrder":
            return problem_of_reject(reject, price_field)
        await self._stored(caller, reject.order_id)
        return problem_of_forgotten(reject)

    async def _check_known(self, caller: Caller, field: str, order_id: UUID | None) -> None:
        if order_id is not None and await repository.find(self._pool, caller.account_id, str(order_id)) is None:
            errors = [{"field": field, "rule": "known_order", "message": "is no order of this account"}]
            raise InvalidRequest(f"{field}: is no order of this account", errors=errors)

    async def _stored(self, caller: Caller, order_id: str) -> DictRow:
        """An order for what never changes in it: a row that is there will do, however old."""
        row = await repository.find(self._pool, caller.account_id, order_id)
        return row if row is not None else await self._row(caller, order_id)

    async def _row(self, caller: Caller, order_id: str) -> DictRow:
        order_id = canonical(order_id)
        await self._freshness.wait(caller.account_id, [ORDER_EVENTS])
        row = await repository.find(self._pool, caller.account_id, order_id)
        if row is None:
            raise NotFound("no such order", order_id=order_id)
        return row

    def _seen(self, symbol: str) -> Seen:
        """What to stamp into a command. Raises Unavailable while the terms of symbols are being read."""
        if not self._market.caught_up.is_set():
            raise Unavailable("the list of instruments is not read yet; nothing was recorded")
        return self._market.seen(symbol)

    def _remember(self, account_id: str, order_id: str, symbol: str) -> None:
        self._symbols[account_id, order_id] = symbol
        if len(self._symbols) > SYMBOLS_REMEMBERED_MAX:
            self._symbols.popitem(last=False)


async def _legs(answers: Answers, count: int) -> AsyncIterator[dict[str, Any]]:
    """The legs that accounts has opened with an order: their events follow its own."""
    for _ in range(count):
        event = await answers.next()
        if event is None:
            return
        yield translate.row_of_event(event)


def price_of(changes: ReplaceOrderRequest) -> str:
    """The price that a replace changes, by its field."""
    if changes.trail is not None:
        return "trail"
    return "stop_price" if changes.limit_price is None and changes.stop_price is not None else "limit_price"


def canonical(order_id: str) -> str:
    """An order id as we give it. Raises NotFound for what cannot be one."""
    try:
        return str(UUID(order_id))
    except ValueError:
        raise NotFound("no such order") from None
