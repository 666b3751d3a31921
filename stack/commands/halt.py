"""`tapeline halt` and `tapeline resume`: symbols or the market stop trading while orders stay, and trade again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stack.commands.kill import AsJson, carry_out

if TYPE_CHECKING:
    from topics.messages import HaltReason

ReasonName = Literal["regulatory", "volatility", "market-wide"]
_REASONS: dict[ReasonName, HaltReason] = {
    "regulatory": "Regulatory",
    "volatility": "Volatility",
    "market-wide": "MarketWide",
}
Symbols = Annotated[list[str] | None, typer.Argument(metavar="[SYMBOL]...", help="Listed symbols.")]
Market = Annotated[bool, typer.Option("--market", help="Every listed symbol, in place of some.")]
Reason = Annotated[
    ReasonName | None,
    typer.Option(help="Why, as everybody is told with a symbol's terms: regulatory, with --market market-wide."),
]
ByAuction = Annotated[bool, typer.Option("--auction", help="Call an auction first; a second `resume` ends it.")]


def halt(symbols: Symbols = None, market: Market = False, reason: Reason = None, as_json: AsJson = False) -> None:
    """Halt symbols or the market: no order and no replace is taken; orders stay and may be canceled.

    A market-wide circuit breaker of level 1 or 2 is `halt --market`, and 15 minutes later `resume --market --auction`
    and `resume --market`; one of level 3 is `halt --market` for the rest of the day (NYSE Rule 7.12).
    """
    from config.settings import settings
    from feeds.kill import halt_symbols

    names, target = _target(symbols, market)
    why = _REASONS[reason or ("market-wide" if market else "regulatory")]
    then = "no order behind that is taken, and the open ones stay"
    carry_out(target, lambda: halt_symbols(settings(), names, why), then, as_json)


def resume(
    symbols: Symbols = None, market: Market = False, by_auction: ByAuction = False, as_json: AsJson = False
) -> None:
    """Let halted symbols or the market trade again, at once or by an auction."""
    from config.settings import settings
    from feeds.kill import resume_symbols

    names, target = _target(symbols, market)
    then = "orders are taken again"
    if by_auction:
        then = "orders are taken and wait for the auction, which the next `tapeline resume` ends"
    carry_out(target, lambda: resume_symbols(settings(), names, auction=by_auction), then, as_json)


def _target(symbols: list[str] | None, market: bool) -> tuple[list[str], str]:
    """Names to tell, none for all, and what they are called."""
    names = [symbol.upper() for symbol in symbols or ()]
    if market == bool(names):
        raise typer.BadParameter("name symbols, or --market for every one", param_hint="SYMBOL")
    return names, "the market" if market else f"symbol {', '.join(names)}"
