"""`tapeline halt` and `tapeline resume`: a symbol stops trading while its orders stay, and trades again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stack.commands.kill import AsJson, Symbol, carry_out

if TYPE_CHECKING:
    from topics.messages import HaltReason

ReasonName = Literal["regulatory", "volatility", "market-wide"]
_REASONS: dict[ReasonName, HaltReason] = {
    "regulatory": "Regulatory",
    "volatility": "Volatility",
    "market-wide": "MarketWide",
}
Reason = Annotated[ReasonName, typer.Option(help="Why, as everybody is told with the symbol's terms.")]
ByAuction = Annotated[bool, typer.Option("--auction", help="Call an auction first; a second `resume` ends it.")]


def halt(symbol: Symbol, reason: Reason = "regulatory", as_json: AsJson = False) -> None:
    """Halt a symbol: no order and no replace is taken, its orders stay and may be canceled."""
    from config.settings import settings
    from feeds.kill import halt_symbol

    then = "no order behind that is taken, and the open ones stay"
    name = symbol.upper()
    carry_out(f"symbol {name}", lambda: halt_symbol(settings(), name, _REASONS[reason]), then, as_json)


def resume(symbol: Symbol, by_auction: ByAuction = False, as_json: AsJson = False) -> None:
    """Let a halted symbol trade again, at once or by an auction."""
    from config.settings import settings
    from feeds.kill import resume_symbol

    then = "orders are taken again"
    if by_auction:
        then = "orders are taken and wait for the auction, which the next `tapeline resume` ends"
    name = symbol.upper()
    carry_out(f"symbol {name}", lambda: resume_symbol(settings(), name, auction=by_auction), then, as_json)
