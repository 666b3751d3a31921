"""The pure rooms hold nothing whose outcome could differ between two runs of the same log."""

import ast

import pytest

from tests.rooms.source import PURE, imports, modules

BANNED_MODULES = {
    "time",
    "random",
    "secrets",
    "uuid",
    "os",
    "io",
    "socket",
    "asyncio",
    "threading",
    "logging",
    "decimal",
    "fractions",
    "math",
    "statistics",
    "pathlib",
    "subprocess",
    "sys",
}
BANNED_CALLS = {"hash", "id", "open", "input", "print", "float", "round", "set", "globals", "vars"}


CLOCK_CALLS = {"now", "today", "utcnow", "fromtimestamp"}


def frozen_sets(tree):
    """Names bound to a frozenset: fine to look things up in, not to go through."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(getattr(node.value, "func", None), "id", "") == "frozenset":
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def faults(tree):
    """What a pure module may not do, with its line."""
    unordered = set(frozen_sets(tree))
    yield from ((line, f"imports {name}") for name, line in imports(tree) if name.split(".")[0] in BANNED_MODULES)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS:
            yield line, f"calls {node.func.id}()"
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CLOCK_CALLS:
            yield line, f"calls {node.func.attr}()"
        elif isinstance(node, ast.For | ast.comprehension) and getattr(node.iter, "id", "") in unordered:
            yield node.iter.lineno, f"iterates over the set {ast.unparse(node.iter)}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield line, f"holds the float {node.value}"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield line, "divides into a float"
        elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Set | ast.SetComp):
            yield getattr(node.iter, "lineno", 0), "iterates over a set"
        elif isinstance(node, ast.Global):
            yield line, "changes module state"
        elif isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield line, "is asynchronous"


def test_pure_rooms_are_deterministic():
    wrong = [f"{path}:{line} {fault}" for path, tree in modules(*PURE) for line, fault in faults(tree)]
    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from random import choice",
        "x = 1.5",
        "x = a / b",
        "x = hash(a)",
        "for x in {1, 2}: pass",
        "[x for x in {y for y in z}]",
        "s = set(a)",
        "import uuid",
        "x = float(a)",
        "date.today()",
        "s = frozenset(a)\nfor x in s: pass",
        "async def f(): pass",
    ],
)
def test_the_linter_sees(source):
    assert list(faults(ast.parse(source)))
