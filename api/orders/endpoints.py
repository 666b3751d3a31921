"""/v2/orders and its aliases /orders."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.answers import JsonAnswer
from api.bodies import StrictRoute
from api.orders.refusals import DuplicateClientOrderId, InsufficientFunds, NotCancelable, OrderRefused
from api.orders.schemas import (
    CancelAll,
    CanceledItem,
    ClientOrderId,
    ListOrders,
    NewOrderRequest,
    Order,
    ReplaceOrderRequest,
)
from api.orders.service import OrderService
from api.problems import (
    BadRequest,
    BodyTooLarge,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    RequestTimeout,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    responses,
)
from api.security.service import Caller, caller

router = APIRouter(tags=["orders"], route_class=StrictRoute)

Who = Annotated[Caller, Depends(caller)]
_READ = (Unauthorized, InvalidRequest, TooManyRequests, Unavailable)
_WRITE = (*_READ, OutcomeUnknown)
_BODY = (BadRequest, RequestTimeout, BodyTooLarge)


async def _service(request: Request) -> OrderService:
    service: OrderService = request.app.state.parts.orders
    return service


Orders = Annotated[OrderService, Depends(_service)]


@router.post(
    "/orders",
    response_model=Order,
    responses=responses(*_WRITE, *_BODY, InsufficientFunds, OrderRefused, DuplicateClientOrderId),
)
async def submit(request: NewOrderRequest, who: Who, orders: Orders) -> Response:
    """Place an order. 200 with `accepted` once the pre-trade checks passed it; `pending_new` if they take too long."""
    return JsonAnswer(await orders.submit(who, request))


@router.get("/orders", response_model=list[Order], responses=responses(*_READ))
async def list_orders(query: Annotated[ListOrders, Query()], who: Who, orders: Orders) -> Response:
    """Orders by status, time, symbol and side; the latest first unless asked otherwise."""
    return JsonAnswer(await orders.find(who, query))


@router.delete("/orders", status_code=207, response_model=list[CanceledItem], responses=responses(*_WRITE))
async def cancel_all(query: Annotated[CancelAll, Query()], who: Who, orders: Orders) -> Response:
    """Cancel every open order, or those of a symbol, of a session; lists those whose cancel was not on its way."""
    return JsonAnswer(await orders.cancel_all(who, query), 207)


@router.get("/orders:by_client_order_id", response_model=Order, responses=responses(*_READ, NotFound))
async def get_by_client_id(client_order_id: Annotated[ClientOrderId, Query()], who: Who, orders: Orders) -> Response:
    """The order that has a client_order_id."""
    return JsonAnswer(await orders.get_by_client_id(who, client_order_id))


@router.get("/orders/{order_id}", response_model=Order, responses=responses(*_READ, NotFound))
async def get_order(
    order_id: str, who: Who, orders: Orders, nested: Annotated[bool, Query(description="with its legs")] = False
) -> Response:
    """One order."""
    return JsonAnswer(await orders.get(who, order_id, nested))


@router.patch(
    "/orders/{order_id}",
    response_model=Order,
    responses=responses(*_WRITE, *_BODY, NotFound, DuplicateClientOrderId, NotCancelable),
)
async def replace(order_id: str, request: ReplaceOrderRequest, who: Who, orders: Orders) -> Response:
    """Replace an order; the answer is its successor, which has an id of its own."""
    return JsonAnswer(await orders.replace(who, order_id, request))


@router.delete("/orders/{order_id}", status_code=204, responses=responses(*_WRITE, NotFound, NotCancelable))
async def cancel(order_id: str, who: Who, orders: Orders) -> Response:
    """Ask to cancel an order."""
    await orders.cancel(who, order_id)
    return Response(status_code=204)


alias = APIRouter(tags=["orders"], route_class=StrictRoute)
alias.include_router(router)
alias.add_api_route(
    "/orders/{order_id}",
    replace,
    methods=["PUT"],
    response_model=Order,
    responses=responses(*_WRITE, *_BODY, NotFound, DuplicateClientOrderId, NotCancelable),
)
