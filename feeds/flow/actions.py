"""What the generator asks of a market, and what it is told of one. Prices in 1e-4, quantities in 1e-6 share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Best:
    """Best bid and offer of a book as the generator sees them; None where a side is empty."""

    bid_e4: int | None = None
    ask_e4: int | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """An order. With a price it rests until it is canceled; without one it takes what is there at once.

    `number` names it within its symbol, so that it can be canceled, and the generator told that it is gone.
    """

    symbol: str
    number: int
    side: Literal["Buy", "Sell"]
    qty_e6: int
    price_e4: int | None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Take back a resting order."""

    symbol: str
    number: int


@dataclass(frozen=True, slots=True)
class Halt:
    """News moved a symbol so far that it pauses; the generator sends nothing for it until it resumes."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Resume:
    """The pause has ended."""

    symbol: str


Action = Submit | Cancel | Halt | Resume
