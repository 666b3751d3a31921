"""The source of every room, parsed once."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("compiled", "config", "topics", "streams", "sinks", "api", "feeds", "stack", "bench", "proof")
PURE = (
    "streams/fold.py",
    "streams/combinations.py",
    "streams/accounts",
    "streams/matching",
    "streams/market_data",
)


def modules(*rooms):
    """(path relative to the root, parsed source) of every module of the rooms."""
    for room in rooms:
        place = ROOT / room
        for path in [place] if place.suffix == ".py" else sorted(place.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def imports(tree):
    """Dotted names that a module imports, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
