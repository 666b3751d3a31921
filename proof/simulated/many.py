"""Thousands of seeds on every core; a seed that fails is named with the command that does it again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from typing import Any

from proof.simulated.run import Outcome, run

PIECE = 25  # seeds handed to a process at once


def run_many(first: int, count: int, done: Callable[[], None]) -> dict[str, Any]:
    """Run so many seeds, `done` is called after each; returns the sums of what they did, and `failures` in words."""
    sums: Counter[str] = Counter()
    failures: list[str] = []
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        last = first + count
        pieces = [pool.submit(_run_some, at, min(at + PIECE, last)) for at in range(first, last, PIECE)]
        for piece in as_completed(pieces):
            for outcome in piece.result():
                if isinstance(outcome, str):
                    failures.append(outcome)
                else:
                    sums.update({name: value for name, value in asdict(outcome).items() if name != "seed"})
                done()
    return {"ok": not failures, "seeds": count, "first": first, **sums, "failures": sorted(failures)}


def _run_some(first: int, end: int) -> list[Outcome | str]:
    return [_run_one(seed) for seed in range(first, end)]


def _run_one(seed: int) -> Outcome | str:
    """What a seed did, or what it broke: any exception is a failure of the seed and ends no other."""
    try:
        return run(seed)
    except Exception as error:
        again = f"tapeline chaos --simulated --first {seed} --seeds 1"
        return f"seed {seed}: {type(error).__name__}: {str(error)[:500]} (again: {again})"
