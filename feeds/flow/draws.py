"""Heavy-tailed draws: where an order is placed, how large it is, how far news moves a price."""

from __future__ import annotations

import random

TICK_E4 = 100
SHARE_E6 = 1_000_000

DEPTH_EXPONENT = 0.8  # of the distance behind the best (Bouchaud, Mezard and Potters 2002 found 0.6 for the density)
DEPTH_MAX_TICKS = 60
SIZE_EXPONENT = 1.5  # of the sizes of trades (Gopikrishnan, Plerou, Gabaix and Stanley 2000)
LOT = 100
LOTS_MAX = 50
TAKEN = 40  # shares that a marketable order has at least
TAKEN_MAX = 3000
JUMP_EXPONENT = 3.0  # of large returns (Gopikrishnan, Meyer, Amaral and Stanley 1998)
JUMP_MIN = 0.003
JUMP_MAX = 0.15


def ticks_behind(random: random.Random) -> int:
    """Whole ticks behind the best, 0 the most likely."""
    return min(int(random.paretovariate(DEPTH_EXPONENT)) - 1, DEPTH_MAX_TICKS)


def resting_qty_e6(random: random.Random) -> int:
    """Round lots."""
    return min(int(random.paretovariate(SIZE_EXPONENT)), LOTS_MAX) * LOT * SHARE_E6


def taken_qty_e6(random: random.Random) -> int:
    """Whole shares."""
    return min(int(TAKEN * random.paretovariate(SIZE_EXPONENT)), TAKEN_MAX) * SHARE_E6


def jump(random: random.Random) -> float:
    """Change of a log price by news."""
    return random.choice((-1, 1)) * min(JUMP_MIN * random.paretovariate(JUMP_EXPONENT), JUMP_MAX)
