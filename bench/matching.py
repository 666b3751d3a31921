"""How fast a book is, against the order books on PyPI that Python can call, in the same run: `tapeline bench matching`.

Every book plays the same operations through the same kind of adapter, and a book whose fills differ from ours is said
to differ before its speed counts. Peers are optional (`requirements/bench.in`): one that is missing is named.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import json
import statistics
from collections.abc import Callable
from time import perf_counter_ns, process_time
from typing import Any

from bench.abuse import steps
from bench.matching_load import Operation, deep, mixed
from bench.matching_peers import PEERS, Adapter, Tapeline
from compiled import loaded
from streams.matching.fold import MatchingFold
from topics.messages import CancelRequest, DefineInstrument, NewOrder

ROUNDS = 3
SYMBOL = "BENCH"
RESTING = 40_000


def run(operations: int = 200_000) -> dict[str, Any]:
    """Rates are operations a second of CPU time, the best of some rounds in which the books take turns.

    CPU time, because a benchmark shares its machine; the collector of garbage stays on, as it does in a worker.

    `ratio` is ours to the best peer that returns fills; `fold_ops_per_s` the whole fold with reports, events, quotes.
    """
    load = mixed(operations)
    books: dict[str, Callable[[], Adapter]] = {"tapeline": Tapeline}
    books |= {name: make for name, make in PEERS.items() if _version(name)}
    rates: dict[str, float] = dict.fromkeys(books, 0.0)
    fills: dict[str, Any] = {}
    for _ in range(ROUNDS):
        for name, make in books.items():
            rate, fills[name] = _play(make(), load)
            rates[name] = max(rates[name], rate)
    silent = [name for name, make in books.items() if not make().returns_fills]
    differing = [name for name in books if name not in silent and fills[name] != fills["tapeline"]]
    peers = {name: round(rate) for name, rate in rates.items() if name != "tapeline"}
    comparable = {name: rate for name, rate in peers.items() if name not in silent and name not in differing}
    best = max(comparable, key=lambda name: comparable[name], default=None)
    return {
        "folds": loaded(),
        "operations": operations,
        "ops_per_s": round(rates["tapeline"]),
        "best_peer": best,
        "ratio": round(rates["tapeline"] / comparable[best], 2) if best else None,
        "fold_ops_per_s": round(max(_fold_rate(load) for _ in range(ROUNDS))),
        "peers": peers,
        "peer_versions": {name: _version(name) for name in peers},
        "peers_missing": [name for name in PEERS if not _version(name)],
        "peers_without_fills": silent,
        "peers_with_other_fills": differing,
        "latency": _latency(load),
        "deep": _deep(books, operations // 4, ticks=500),
        "worst_case": _deep({"tapeline": Tapeline}, operations // 4, ticks=500_000),
        "longest_steps": steps(),
    }


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _play(book: Adapter, load: list[Operation]) -> tuple[float, list[list[tuple[int, int]]]]:
    """Rate of a book, and its fills in common terms."""
    submit, cancel = book.submit, book.cancel
    collected = []
    gc.collect()
    start = process_time()
    for order_id, buy, qty, price in load:
        if qty:
            fills = submit(order_id, buy, qty, price)
            if fills:
                collected.append(fills)
        else:
            cancel(order_id)
    rate = len(load) / (process_time() - start)
    return rate, [book.prices_and_quantities(fills) for fills in collected]


def _latency(load: list[Operation]) -> dict[str, float]:
    """Time of each of our operations in microseconds."""
    book = Tapeline()
    took = []
    for order_id, buy, qty, price in load:
        start = perf_counter_ns()
        if qty:
            book.submit(order_id, buy, qty, price)
        else:
            book.cancel(order_id)
        took.append(perf_counter_ns() - start)
    cuts = statistics.quantiles(took, n=1000)
    return {
        "p50_us": cuts[499] / 1000,
        "p99_us": cuts[989] / 1000,
        "p99_9_us": cuts[998] / 1000,
        "max_us": max(took) / 1000,
    }


def _deep(books: dict[str, Callable[[], Adapter]], operations: int, ticks: int) -> dict[str, Any]:
    """Cancels anywhere in a book of many resting orders, new orders in turn; the more levels, the worse for ours."""
    start, churn = deep(operations, RESTING, ticks)
    rates = {}
    for name, make in books.items():
        book = make()
        _play(book, start)
        rates[name] = round(_play(book, churn)[0])
    return {"resting": RESTING, "levels": len({(buy, price) for _, buy, _, price in start}), "ops_per_s": rates}


def _fold_rate(load: list[Operation]) -> float:
    """Rate of the fold on the same operations as messages."""
    fold = MatchingFold()
    fold.apply(SYMBOL, DefineInstrument(SYMBOL, SYMBOL, "Active", "Rule612", 1_000_000, 1, "operator", 1))
    messages = [_message(number, operation) for number, operation in enumerate(load)]
    gc.collect()
    start = process_time()
    for message in messages:
        fold.apply(SYMBOL, message)
    return len(load) / (process_time() - start)


def _message(number: int, operation: Operation) -> NewOrder | CancelRequest:
    order_id, buy, qty, price = operation
    name, account = f"O{order_id}", f"A{order_id % 100}"
    if not qty:
        return CancelRequest(account, name, name, SYMBOL, number)
    price_e4 = price * 100
    return NewOrder(
        account_id=account,
        order_id=name,
        symbol=SYMBOL,
        side="Buy" if buy else "Sell",
        order_type="Limit",
        time_in_force="Day",
        qty_e6=qty * 1_000_000,
        limit_price_e4=price_e4,
        stop_price_e4=None,
        expire_time_us=None,
        post_only=False,
        self_match_prevention="Off",
        worst_price_e4=price_e4,
        instrument_version=1,
        transact_time_us=number,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Order book speed against its peers on PyPI.")
    parser.add_argument("--operations", type=int, default=200_000)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    arguments = parser.parse_args()
    figures = run(arguments.operations)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
