"""Orders as clients send and get them: Alpaca's names, money and quantities as strings."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from api.units import plain_decimal

# Price times quantity at these bounds is 1e18 in 1e-4 of the currency, which still fits the wire's 64-bit integers.
PRICE_BELOW = 1_000_000
QTY_AT_MOST = 100_000_000
NOTIONAL_AT_MOST = PRICE_BELOW * QTY_AT_MOST


def _plain(value: Any) -> Any:
    """Refuse what is a number to Python and to nobody else: true, false, and text such as `1_0` or ` 1`."""
    if isinstance(value, bool):
        raise ValueError("must be a decimal number")
    if isinstance(value, str):
        try:
            return plain_decimal(value)
        except ValueError as error:
            raise PydanticCustomError("plain_decimal", "{why}", {"why": str(error)}) from None
    return value


def _digits(value: Any) -> Any:
    """Refuse what is a whole number to Python and to nobody else, in a query."""
    if isinstance(value, str) and not (value.isascii() and value.isdecimal()):
        raise PydanticCustomError("plain_digits", "must be a whole number written in digits")
    return value


def _expressible(time: datetime) -> datetime:
    """Times whose UTC form has a year that ISO 8601 knows."""
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("is out of range") from error


Price = Annotated[Decimal, BeforeValidator(_plain), Field(gt=0, lt=PRICE_BELOW, decimal_places=4, examples=["187.20"])]
Quantity = Annotated[
    Decimal, BeforeValidator(_plain), Field(gt=0, le=QTY_AT_MOST, decimal_places=6, examples=["10", "0.5"])
]
ShownQuantity = Annotated[
    Decimal, BeforeValidator(_plain), Field(ge=0, le=QTY_AT_MOST, decimal_places=6, examples=["100", "0"])
]
Amount = Annotated[
    Decimal, BeforeValidator(_plain), Field(gt=0, le=NOTIONAL_AT_MOST, decimal_places=4, examples=["500.00"])
]
Percent = Annotated[Decimal, BeforeValidator(_plain), Field(gt=0, lt=100, decimal_places=4, examples=["1.5"])]
Time = Annotated[AwareDatetime, AfterValidator(_expressible)]
ClientOrderId = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]+$", min_length=1, max_length=48)]
Symbol = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9./-]+$", max_length=16, to_upper=True)]

OrderTypeName = Literal["market", "limit", "stop", "stop_limit", "trailing_stop"]
SessionName = Literal["opening", "closing", "regular", "extended"]
TimeInForceName = Literal["day", "gtc", "ioc", "fok", "gtd", "opg", "cls"]
SelfMatchPreventionName = Literal["cancel_newest", "cancel_oldest", "cancel_both", "decrement_and_cancel", "off"]
SelfMatchScopeName = Literal["account", "owner"]
TriggerName = Literal["last_trade", "best_quote"]
OrderClassName = Literal["simple", "bracket", "oco", "oto"]
PostOnlyActionName = Literal["reject", "reprice"]


class TakeProfit(BaseModel):
    """The leg that sells at a price or better."""

    model_config = ConfigDict(extra="forbid")

    limit_price: Price


class StopLoss(BaseModel):
    """The leg that sells when the market has fallen: a stop, with `limit_price` a stop-limit. A trail in place of
    `stop_price`, and `trigger`, are our own extensions."""

    model_config = ConfigDict(extra="forbid")

    stop_price: Price | None = None
    limit_price: Price | None = None
    trail_price: Price | None = None
    trail_percent: Percent | None = None
    trigger: TriggerName = "last_trade"


class NewOrderRequest(BaseModel):
    """An order to place, of a quantity or of an amount (`notional`). Our own extensions: `expire_time`, `display_qty`,
    `min_qty`, `trigger`, `post_only`, `post_only_action`, `reduce_only`, `self_match_prevention`, `self_match_scope`.
    """

    model_config = ConfigDict(extra="forbid")

    symbol: Symbol = Field(examples=["AAPL"])
    qty: Quantity | None = Field(None, description="shares; required unless notional is given")
    notional: Amount | None = Field(
        None, description="dollars to trade for, instead of qty: the book fixes the quantity; market, day or ioc"
    )
    side: Literal["buy", "sell"]
    type: OrderTypeName
    time_in_force: TimeInForceName
    limit_price: Price | None = None
    stop_price: Price | None = None
    trail_price: Price | None = Field(None, description="dollars that a trailing_stop stays behind its mark (hwm)")
    trail_percent: Percent | None = Field(None, description="the same in percent of the mark; one of the two is given")
    trigger: TriggerName = Field(
        "last_trade", description="what triggers a stop: the last trade, or the best bid (sell) or offer (buy)"
    )
    expire_time: Time | None = Field(None, description="when a gtd order ends, ISO 8601")
    client_order_id: ClientOrderId | None = Field(None, description="unique within the account; made if absent")
    display_qty: ShownQuantity | None = Field(
        None, description="most that is shown at a time; 0 hides the order; all is shown if absent"
    )
    min_qty: Quantity | None = Field(
        None, description="least that must be filled when the order reaches the book, else it is canceled"
    )
    post_only: bool = Field(False, description="never take liquidity")
    post_only_action: PostOnlyActionName = Field(
        "reject", description="a post_only order that would take: refuse it, or rest it one increment away"
    )
    reduce_only: bool = Field(False, description="sell no more than the position: the order is shrunk to it")
    self_match_prevention: SelfMatchPreventionName = Field(
        "cancel_newest", description="what happens when the order would meet one of its own account"
    )
    self_match_scope: SelfMatchScopeName = Field(
        "account", description="whose orders count as its own: the account's, or those of all accounts of its owner"
    )
    extended_hours: bool = Field(
        False, description="trade before the opening and after the close too; a limit order, day or gtc"
    )
    order_class: Literal["simple", "bracket", "oco", "oto", ""] = Field(
        "simple",
        description="bracket: a buy with both legs; oto: a buy with one; oco: a limit order to sell, with a stop_loss",
    )
    take_profit: TakeProfit | None = Field(None, description="of an oco the limit price of the order itself")
    stop_loss: StopLoss | None = None


class ReplaceOrderRequest(BaseModel):
    """What shall change; what is left out stays. `qty` is the total, what was filled included; `trail` is in the unit
    that the trailing stop has."""

    model_config = ConfigDict(extra="forbid")

    qty: Quantity | None = None
    time_in_force: TimeInForceName | None = None
    limit_price: Price | None = None
    stop_price: Price | None = None
    trail: Price | None = Field(None, description="new trail_price or trail_percent, whichever the order has")
    expire_time: Time | None = None
    client_order_id: ClientOrderId | None = None


class Order(BaseModel):
    """An order. What follows `hwm` are our own extensions."""

    model_config = ConfigDict(extra="forbid")

    id: str
    client_order_id: str
    created_at: str
    updated_at: str
    submitted_at: str
    filled_at: str | None
    expired_at: str | None
    canceled_at: str | None
    failed_at: str | None
    replaced_at: str | None
    replaced_by: str | None
    replaces: str | None
    symbol: str
    asset_class: Literal["us_equity"]
    notional: str | None
    qty: str | None = Field(description="null until the book has fixed the quantity of an order of an amount")
    filled_qty: str
    filled_avg_price: str | None
    order_class: OrderClassName
    order_type: str
    type: str
    side: str
    time_in_force: str
    limit_price: str | None = Field(description="in force now: a post_only order may be given another than it asked")
    stop_price: str | None = Field(description="in force now: that of a trailing stop follows its mark")
    status: str
    extended_hours: bool
    legs: list[Order] | None = Field(description="where nested is asked for, and in the answer that places them")
    trail_percent: str | None
    trail_price: str | None
    hwm: str | None = Field(description="best price that a trailing stop has seen")
    expire_time: str | None
    display_qty: str | None
    min_qty: str | None
    trigger: TriggerName | None = Field(description="null for an order without a stop")
    post_only: bool
    post_only_action: PostOnlyActionName
    reduce_only: bool
    self_match_prevention: SelfMatchPreventionName
    self_match_scope: SelfMatchScopeName
    reject_reason: str | None = Field(description="why it was refused or ended early, for people")


class CanceledItem(BaseModel):
    """An order whose cancel is asked of the book."""

    id: str
    status: Literal[200]
    body: Order


class CancelAll(BaseModel):
    """The query of DELETE /v2/orders. All of it is our own extension."""

    model_config = ConfigDict(extra="forbid")

    symbol: Symbol | None = Field(None, description="only orders of this symbol")
    session: SessionName | None = Field(
        None, description="only orders of the opening or closing auction, of regular hours, or of extended hours too"
    )


class ListOrders(BaseModel):
    """The query of GET /v2/orders. Orders lie by time of submission, those of one microsecond by id: a page goes on
    behind the last order of the one before it by that order's id, where a time could leave one out or show it twice.
    """

    model_config = ConfigDict(extra="forbid")

    status: Literal["open", "closed", "all"] = "open"
    limit: Annotated[int, BeforeValidator(_digits)] = Field(50, ge=1, le=500)
    after: Time | None = Field(None, description="submitted later than this")
    until: Time | None = Field(None, description="submitted earlier than this")
    after_order_id: UUID | None = Field(None, description="behind this order, oldest first: the next page of asc")
    before_order_id: UUID | None = Field(None, description="before this order: the next page of desc")
    direction: Literal["asc", "desc"] = "desc"
    symbols: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9./,-]*$", max_length=2000)] | None = Field(
        None, description="comma-separated"
    )
    side: Literal["buy", "sell"] | None = None
    nested: bool = Field(False, description="show legs in the orders that they came with, not beside them")
