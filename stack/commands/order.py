"""`tapeline order`: place, look up, replace and cancel orders over REST, as any client does."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from stack.commands.failing import in_one_sentence

group = typer.Typer(help="Place, look up, replace and cancel orders over the REST API.", no_args_is_help=True)

_KEY_HELP = "the demonstration's account without it"
KeyId = Annotated[str | None, typer.Option(envvar="APCA_API_KEY_ID", help=f"Key to sign with; {_KEY_HELP}.")]
Secret = Annotated[str | None, typer.Option(envvar="APCA_API_SECRET_KEY", help="The key's secret.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: the API's answer as it is.")]
OrderId = Annotated[str, typer.Argument(help="The order's id.")]
LimitPrice = Annotated[str | None, typer.Option(help="Limit price in dollars.")]
StopPrice = Annotated[str | None, typer.Option(help="Stop price in dollars.")]
Notional = Annotated[str | None, typer.Option(help="Dollars to trade for, instead of a quantity.")]
TrailPrice = Annotated[str | None, typer.Option(help="Dollars that a trailing_stop stays behind its mark.")]
TrailPercent = Annotated[str | None, typer.Option(help="The same in percent of the mark.")]
Trigger = Annotated[str | None, typer.Option(help="What triggers a stop: last_trade or best_quote.")]
DisplayQty = Annotated[str | None, typer.Option(help="Most that is shown at a time; 0 hides the order.")]
MinQty = Annotated[str | None, typer.Option(help="Least that must be filled on arrival, else it is canceled.")]
PostOnlyAction = Annotated[str | None, typer.Option(help="A post-only order that would take: reject or reprice.")]
SelfMatch = Annotated[
    str | None, typer.Option(help="cancel_newest, cancel_oldest, cancel_both, decrement_and_cancel or off.")
]
SelfMatchScope = Annotated[str | None, typer.Option(help="Whose orders are kept apart: account or owner.")]
TimeInForce = Annotated[str, typer.Option(help="day, gtc, ioc, fok, gtd, opg or cls.")]
ClientOrderId = Annotated[str | None, typer.Option(help="Your own id for the order, at most 48 characters.")]
ExpireTime = Annotated[str | None, typer.Option(help="End of a gtd order, ISO 8601.")]


@group.command()
def submit(
    symbol: str,
    side: Annotated[str, typer.Argument(help="buy or sell.")],
    qty: Annotated[str | None, typer.Argument(help="Shares, up to six decimals; not with --notional.")] = None,
    order_type: Annotated[
        str, typer.Option("--type", help="market, limit, stop, stop_limit or trailing_stop.")
    ] = "market",
    notional: Notional = None,
    limit_price: LimitPrice = None,
    stop_price: StopPrice = None,
    trail_price: TrailPrice = None,
    trail_percent: TrailPercent = None,
    trigger: Trigger = None,
    time_in_force: TimeInForce = "day",
    expire_time: ExpireTime = None,
    client_order_id: ClientOrderId = None,
    display_qty: DisplayQty = None,
    min_qty: MinQty = None,
    post_only: Annotated[bool, typer.Option("--post-only", help="Never take liquidity.")] = False,
    post_only_action: PostOnlyAction = None,
    reduce_only: Annotated[bool, typer.Option("--reduce-only", help="Sell no more than the position.")] = False,
    self_match_prevention: SelfMatch = None,
    self_match_scope: SelfMatchScope = None,
    order_class: Annotated[str, typer.Option(help="simple, bracket, oco or oto.")] = "simple",
    take_profit: Annotated[str | None, typer.Option(help="Limit price of the leg that takes the profit.")] = None,
    stop_loss: Annotated[str | None, typer.Option(help="Stop price of the leg that limits the loss.")] = None,
    stop_loss_limit: Annotated[str | None, typer.Option(help="Its limit price: it is a stop_limit then.")] = None,
    stop_loss_trail: Annotated[str | None, typer.Option(help="Dollars that it trails by, instead of a stop.")] = None,
    key_id: KeyId = None,
    secret: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Place an order."""
    loss = {"stop_price": stop_loss, "limit_price": stop_loss_limit, "trail_price": stop_loss_trail}
    order = {
        "symbol": symbol,
        "side": side,
        "qty": qty,
        "notional": notional,
        "type": order_type,
        "time_in_force": time_in_force,
        "limit_price": limit_price,
        "stop_price": stop_price,
        "trail_price": trail_price,
        "trail_percent": trail_percent,
        "trigger": trigger,
        "expire_time": expire_time,
        "client_order_id": client_order_id,
        "display_qty": display_qty,
        "min_qty": min_qty,
        "post_only": post_only,
        "post_only_action": post_only_action,
        "reduce_only": reduce_only,
        "self_match_prevention": self_match_prevention,
        "self_match_scope": self_match_scope,
        "order_class": order_class,
        "take_profit": None if take_profit is None else {"limit_price": take_profit},
        "stop_loss": {name: price for name, price in loss.items() if price is not None} or None,
    }
    _show(_call("POST", "/v2/orders", key_id, secret, body=order), as_json)


@group.command("list")
def list_orders(
    status: Annotated[str, typer.Option(help="open, closed or all.")] = "open",
    limit: Annotated[int, typer.Option(help="At most 500.")] = 50,
    symbols: Annotated[str | None, typer.Option(help="Comma-separated.")] = None,
    key_id: KeyId = None,
    secret: Secret = None,
    as_json: AsJson = False,
) -> None:
    """List orders, the latest first."""
    query = {"status": status, "limit": limit, "symbols": symbols}
    _show(_call("GET", "/v2/orders", key_id, secret, query=query), as_json)


@group.command()
def get(order_id: OrderId, key_id: KeyId = None, secret: Secret = None, as_json: AsJson = False) -> None:
    """Show an order, with its legs."""
    _show(_call("GET", f"/v2/orders/{order_id}", key_id, secret, query={"nested": "true"}), as_json)


@group.command()
def cancel(order_id: OrderId, key_id: KeyId = None, secret: Secret = None, as_json: AsJson = False) -> None:
    """Ask to cancel an order."""
    _call("DELETE", f"/v2/orders/{order_id}", key_id, secret)
    typer.echo(json.dumps({"id": order_id}) if as_json else f"The cancel of {order_id} is on its way.")


@group.command("cancel-all")
def cancel_all(
    symbol: Annotated[str | None, typer.Option(help="Only orders of this symbol.")] = None,
    session: Annotated[str | None, typer.Option(help="opening, closing, regular or extended: only its orders.")] = None,
    key_id: KeyId = None,
    secret: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Ask to cancel all open orders, or a symbol's, a session's; shows those whose cancel was not on its way."""
    canceled = _call("DELETE", "/v2/orders", key_id, secret, query={"symbol": symbol, "session": session})
    _show([item["body"] for item in canceled], as_json)


@group.command()
def replace(
    order_id: OrderId,
    qty: Annotated[str | None, typer.Option(help="New total, what was filled included.")] = None,
    limit_price: LimitPrice = None,
    stop_price: StopPrice = None,
    trail: Annotated[str | None, typer.Option(help="New trail of a trailing stop, in the unit it has.")] = None,
    time_in_force: Annotated[str | None, typer.Option(help="day, gtc or gtd.")] = None,
    expire_time: ExpireTime = None,
    client_order_id: ClientOrderId = None,
    key_id: KeyId = None,
    secret: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Replace an order; what is left out stays as it is. The successor has an id of its own."""
    changes = {
        "qty": qty,
        "limit_price": limit_price,
        "stop_price": stop_price,
        "trail": trail,
        "time_in_force": time_in_force,
        "expire_time": expire_time,
        "client_order_id": client_order_id,
    }
    _show(_call("PATCH", f"/v2/orders/{order_id}", key_id, secret, body=changes), as_json)


def _call(
    method: str,
    path: str,
    key_id: str | None,
    secret: str | None,
    body: dict[str, Any] | None = None,
    query: dict[str, Any] | None = None,
) -> Any:
    """The answer's JSON. Exits with 1 and the problem's text when it is a problem document."""
    import httpx

    from config.settings import settings
    from stack.errors import StackError

    config = settings()
    key_id, secret = (key_id, secret) if key_id and secret else _demo_key()
    with in_one_sentence():
        if not f"{key_id}{secret}".isascii() or not f"{key_id}{secret}".isprintable():
            raise StackError("The key or its secret has a character that none has.", "Copy both anew.")
        try:
            answer = httpx.request(
                method,
                f"http://{config.api_host}:{config.api_port}{path}",
                headers={"APCA-API-KEY-ID": key_id, "APCA-API-SECRET-KEY": secret},
                json=None if body is None else {name: value for name, value in body.items() if value is not None},
                params=None if query is None else {name: value for name, value in query.items() if value is not None},
                timeout=15,
                trust_env=False,
            )
        except httpx.TransportError as error:
            raise StackError(f"The API does not answer: {error}", "Start it with `tapeline up`.") from None
        if not answer.is_success:
            problem = answer.json()
            raise StackError(f"{answer.status_code} {problem['title']}: {problem['detail']}", _hint(problem))
    return answer.json() if answer.content else None


def _hint(problem: dict[str, Any]) -> str:
    errors = problem.get("errors") or []
    return "\n".join(f"  {error['field']}: {error['rule']}: {error['message']}" for error in errors)


def _demo_key() -> tuple[str, str]:
    from stack.commands import home
    from stack.errors import StackError

    with in_one_sentence():
        try:
            kept = json.loads((home.current() / "demo-account.json").read_text())
        except FileNotFoundError:
            raise StackError(
                "No key was given and there is no demonstration account.",
                "Set APCA_API_KEY_ID and APCA_API_SECRET_KEY (see `tapeline account open`).",
            ) from None
    return kept["key_id"], kept["secret"]


def _show(answer: Any, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "symbol", "side", "qty", "filled", "average", "type", "limit", "stop", "status", box=None)
    names = ("filled_qty", "filled_avg_price", "type", "limit_price", "stop_price", "status")
    orders = answer if isinstance(answer, list) else [answer]
    for order in [each for placed in orders for each in (placed, *(placed["legs"] or []))]:
        size = order["qty"] or f"${order['notional']}"  # the book has yet to fix the quantity
        table.add_row(order["id"], order["symbol"], order["side"], size, *(str(order[name] or "") for name in names))
    Console(width=None if Console().is_terminal else 200).print(table)
