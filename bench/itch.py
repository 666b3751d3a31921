"""How fast ITCH 5.0 is parsed, against the parsers on PyPI, in the same run: `tapeline bench itch`.

All read the same made bytes, with the mix of types of an ordinary day, and make of each message what their users get;
the order references that they found are added up and must be the same. A peer that is missing is named
(`requirements/bench.in`).
"""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import random
import struct
from collections.abc import Callable
from time import process_time
from typing import Any

from feeds.itch import Fault, frames
from feeds.itch_spec import KINDS

ROUNDS = 3
MIX = {"A": 42, "D": 40, "U": 8, "E": 5, "X": 2, "F": 2, "P": 1}  # of a hundred
PEERS = {"itchfeed": "itch.parser", "itchcpp": "itchcpp.parser"}  # the distribution and its module


def made(messages: int) -> bytes:
    """A file's bytes: random fields, framed."""
    chance = random.Random(1)
    rows = []
    for code in chance.choices(list(MIX), list(MIX.values()), k=messages):
        form = struct.Struct(">cHHHI" + "".join(each for _, each in KINDS[code].fields))
        values = [_value(name, each, chance) for name, each in KINDS[code].fields]
        packed = form.pack(code.encode(), chance.randrange(9000), 0, 8, chance.randrange(1 << 32), *values)
        rows.append(struct.pack(">H", len(packed)) + packed)
    return b"".join(rows)


def _value(name: str, code: str, chance: random.Random) -> int | bytes:
    if name == "side":
        return chance.choice((b"B", b"S"))
    if code.endswith(("s", "c")):
        return b"ABC".ljust(int(code[:-1] or 1))[: int(code[:-1] or 1)]
    return chance.randrange(1, 1 << 31)


def _ours(data: bytes) -> int:
    return sum(message[1][4] for message in frames(io.BytesIO(data)) if not isinstance(message, Fault))  # type: ignore[misc]


def _peer(module: str) -> Callable[[bytes], int]:
    def read(data: bytes) -> int:
        parser = importlib.import_module(module).MessageParser()
        return sum(message.order_reference_number for message in parser.parse_file(io.BytesIO(data)))

    return read


def run(messages: int = 500_000) -> dict[str, Any]:
    """Rates are messages a second of CPU time, the best of some rounds in which the parsers take turns.

    `ratio` is ours to the best peer that found the same references.
    """
    data = made(messages)
    parsers: dict[str, Callable[[bytes], int]] = {"tapeline": _ours}
    parsers |= {name: _peer(module) for name, module in PEERS.items() if _version(name)}
    rates = dict.fromkeys(parsers, 0.0)
    sums: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, parse in parsers.items():
            began = process_time()
            sums[name] = parse(data)
            rates[name] = max(rates[name], messages / (process_time() - began))
    peers = {name: round(rate) for name, rate in rates.items() if name != "tapeline"}
    same = [name for name in peers if sums[name] == sums["tapeline"]]
    best = max(same, key=lambda name: peers[name], default=None)
    return {
        "messages": messages,
        "messages_per_s": round(rates["tapeline"]),
        "best_peer": best,
        "ratio": round(rates["tapeline"] / peers[best], 2) if best else None,
        "peers": peers,
        "peer_versions": {name: _version(name) for name in peers},
        "peers_missing": [name for name in PEERS if not _version(name)],
        "peers_that_differ": [name for name in peers if name not in same],
    }


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
