"""What the processes of a running stack take of the machine."""

from __future__ import annotations

import json
from pathlib import Path

import psutil

Usage = dict[str, tuple[float, int]]


def usage(home: Path) -> Usage:
    """Processor seconds and resident bytes so far of every process of a running stack, by name."""
    found = {}
    for row in json.loads((home / "status.json").read_text()):
        if row["pid"]:
            process = psutil.Process(row["pid"])
            family = [process, *process.children(recursive=True)]
            times = [each.cpu_times() for each in family]
            found[row["name"]] = (
                sum(time.user + time.system for time in times),
                sum(each.memory_info().rss for each in family),
            )
    return found


def shares(before: Usage, after: Usage, took_s: float) -> dict[str, int]:
    """Per cent of a core by process between two readings."""
    return {name: round(100 * (after[name][0] - before[name][0]) / took_s) for name in after if name in before}
