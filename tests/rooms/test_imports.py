"""Who may import whom: a line a room, what it may import of ours."""

import sys

import pytest

from tests.rooms.source import PURE, ROOMS, imports, modules

MAY_IMPORT = {
    # room       of ours
    "compiled": set(),
    "config": set(),
    "topics": {"compiled"},
    "streams": {"compiled", "config", "topics"},
    "sinks": {"compiled", "config", "topics"},
    "api": {"config", "topics"},
    "feeds": {"config", "topics"},
    "proof": {"config", "topics", "streams", "sinks", "feeds", "stack", "api"},
    "bench": {"compiled", "config", "topics", "streams", "sinks", "feeds", "stack", "api", "proof"},
    "stack": {"compiled", "config", "topics", "streams", "sinks", "feeds", "api", "proof", "bench"},
}
FAUST = {
    "bench/transport.py",
    "streams/app.py",
    "streams/runner.py",
    "streams/transport.py",
    "streams/table.py",
    "streams/__main__.py",
}


def room_of(name):
    return name.split(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room):
    wrong = [
        f"{path}:{line} imports {name}"
        for path, tree in modules(room)
        for name, line in imports(tree)
        if room_of(name) in ROOMS and room_of(name) != room and room_of(name) not in MAY_IMPORT[room]
    ]
    assert wrong == []


def test_pure_modules_import_the_standard_library_messages_and_siblings():
    shared = ("streams.fold", "streams.combinations", "streams.dated", "streams.ticks")
    wrong = []
    for path, tree in modules(*PURE):
        siblings = ".".join(path.split("/")[:2]).removesuffix(".py")
        for name, line in imports(tree):
            ours = name in shared or name.startswith((siblings, "topics.messages", "topics.catalogue"))
            if not ours and name != "topics" and room_of(name) not in sys.stdlib_module_names:
                wrong.append(f"{path}:{line} imports {name}")
    assert wrong == []


def test_only_the_adapter_knows_faust():
    wrong = [
        f"{path}:{line}"
        for path, tree in modules(*ROOMS)
        for name, line in imports(tree)
        if room_of(name) in ("faust", "mode") and path not in FAUST
    ]
    assert wrong == []
