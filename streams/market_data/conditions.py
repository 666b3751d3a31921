"""Which sale conditions let a trade update the last sale, the high and low, and the volume.

The consolidated processing guidelines of the two tapes (CTS and UTDF output specifications). A trade with several
conditions updates what all of them let it; one with a condition that no table has counts for volume alone.
"""

from __future__ import annotations

from typing import NamedTuple

from topics.messages import ConditionTable


class Eligibility(NamedTuple):
    """What a trade may update. `first_only`: the last sale only where the day has none yet."""

    last: bool
    first_only: bool
    high_low: bool
    volume: bool


_ALL = Eligibility(last=True, first_only=False, high_low=True, volume=True)
_FIRST = Eligibility(last=True, first_only=True, high_low=True, volume=True)
_VOLUME = Eligibility(last=False, first_only=False, high_low=False, volume=True)
_NOTHING = Eligibility(last=False, first_only=False, high_low=False, volume=False)
_NO_VOLUME = Eligibility(last=True, first_only=False, high_low=True, volume=False)

_BOTH = {
    " ": _ALL,
    "@": _ALL,  # regular
    "C": _VOLUME,  # cash
    "F": _ALL,  # intermarket sweep
    "G": _FIRST,  # bunched sold
    "H": _VOLUME,  # price variation
    "I": _VOLUME,  # odd lot
    "K": _ALL,  # rule 127 or 155
    "L": _ALL,  # sold last
    "M": _NOTHING,  # market center official close
    "N": _VOLUME,  # next day
    "O": _ALL,  # opening
    "P": _FIRST,  # prior reference price
    "Q": _NOTHING,  # market center official open
    "R": _FIRST,  # seller
    "T": _VOLUME,  # extended hours
    "U": _VOLUME,  # extended hours, sold out of sequence
    "V": _VOLUME,  # contingent
    "X": _ALL,  # cross
    "Z": _FIRST,  # sold out of sequence
    "4": _FIRST,  # derivatively priced
    "5": _ALL,  # reopening
    "6": _ALL,  # closing
    "7": _VOLUME,  # qualified contingent
    "9": _NO_VOLUME,  # corrected consolidated close
}
_TABLES = {
    "Cta": _BOTH | {"B": _VOLUME, "E": _ALL},  # B average price, E automatic execution
    "Utp": _BOTH | {"A": _ALL, "B": _ALL, "D": _ALL, "S": _ALL, "W": _VOLUME, "Y": _ALL, "1": _ALL},  # B bunched
}


def eligibility(table: ConditionTable, conditions: str) -> Eligibility:
    """What a trade with these conditions, a character each, may update. An opaque table: everything."""
    codes = _TABLES.get(table)
    if codes is None or not conditions:
        return _ALL
    found = [codes.get(code, _VOLUME) for code in conditions]
    return Eligibility(
        last=all(each.last for each in found),
        first_only=any(each.first_only for each in found),
        high_low=all(each.high_low for each in found),
        volume=all(each.volume for each in found),
    )
