"""A ClickHouse server from the chdb-core wheel, run as `python -m stack.embedded.clickhouse_server`.

It reads `config.xml` from the working directory and stops cleanly when its standard input is closed. The wheel's own
package is not imported, because its `__init__` opens an engine and a process can hold only one.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import threading
from pathlib import Path
from types import ModuleType

from config.niceness import stand_back
from stack.embedded import wheels

NICENESS = 10  # analytics stands back from the path of orders where processors are scarce (see nice(2))
# The last statement keeps the session, and with it the listeners, open until standard input ends.
_SERVE = (
    "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT * FROM file('-', 'LineAsString', 'l String') FORMAT Null"
)


def main() -> None:
    stand_back(NICENESS)
    engine = _load_engine()
    engine.set_signal_handlers_enabled(0)
    # In a thread of its own: the engine's stack is deep and its wait must not hold up Python's signal handling.
    serving = threading.Thread(target=_serve, args=(engine,), daemon=True)
    serving.start()
    serving.join()


def _serve(engine: ModuleType) -> None:
    try:
        engine.query(_SERVE, "TabSeparated", path=str(Path.cwd() / "data"))
    except Exception as error:
        # the engine raises plain RuntimeError for every failure; the supervisor shows the log's last line
        print(f"ClickHouse stopped: {error}", file=sys.stderr, flush=True)
        os._exit(1)


def _load_engine() -> ModuleType:
    file = wheels.directory("chdb") / "_chdb.abi3.so"
    spec = importlib.util.spec_from_file_location("_chdb", file)
    assert spec is not None
    assert spec.loader is not None
    engine = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(engine)
    return engine


if __name__ == "__main__":
    main()
