"""Events of an account's orders as clients get them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.orders.schemas import Order, Time


class TradeEvent(BaseModel):
    """What happened to an order. `order` is null where a cancel or replace was refused. `prevented_qty` is what
    self-match prevention took off it, null for every other event. `previous_execution_id` is the fill that a
    `trade_bust` or `trade_correct` is about; `price` and `qty` are then what was busted, or what holds from here on."""

    model_config = ConfigDict(extra="forbid")

    event_id: str
    event: str
    account_id: str
    at: str
    execution_id: str | None
    previous_execution_id: str | None
    order: Order | None
    order_id: str
    price: str | None
    qty: str | None
    position_qty: str | None
    prevented_qty: str | None
    timestamp: str
    reason: str | None


class Following(BaseModel):
    """Where a stream begins and ends; by time or by event id, not both. None of them: live only."""

    model_config = ConfigDict(extra="forbid")

    since: Time | None = None
    until: Time | None = None
    since_id: str | None = None
    until_id: str | None = None
    cancel_on_disconnect: bool = Field(
        False, description="cancel all open orders of the account when the stream ends; not with until and until_id"
    )
