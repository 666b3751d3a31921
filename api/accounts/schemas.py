"""Accounts and positions as clients get them: Alpaca's names, money and quantities as strings."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Account(BaseModel):
    """A cash account: no margin, no short positions, so what depends on credit is zero."""

    model_config = ConfigDict(extra="forbid")

    id: str
    account_number: str
    status: str
    currency: Literal["USD"]
    cash: str
    equity: str
    last_equity: None = Field(description="equity at the last close is not kept")
    buying_power: str
    regt_buying_power: str
    non_marginable_buying_power: str
    initial_margin: str
    maintenance_margin: str
    last_maintenance_margin: str
    sma: str
    multiplier: Literal["1"]
    long_market_value: str
    short_market_value: str
    trading_blocked: bool
    transfers_blocked: bool
    account_blocked: bool
    trade_suspended_by_user: bool
    shorting_enabled: bool


class Position(BaseModel):
    """Shares of one symbol. Their price is our best bid, at which they could be sold, else the reference price."""

    model_config = ConfigDict(extra="forbid")

    asset_id: str
    symbol: str
    exchange: Literal["TAPELINE"]
    asset_class: Literal["us_equity"]
    qty: str
    qty_available: str
    avg_entry_price: str
    side: Literal["long"]
    cost_basis: str
    current_price: str | None
    market_value: str | None
    unrealized_pl: str | None
