"""The fold against the naive matcher on random commands. `python -m tests.matching.differential` does a million."""

from __future__ import annotations

import argparse
import copy
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from random import Random

from streams.fold import Refused
from streams.matching.fold import MatchingFold
from tests.matching.checks import Lives, Rebuilt, best, entries_of, naive_queues, outputs_of, queues
from tests.matching.naive import NaiveMatcher
from tests.matching.script import PHASED, SYMBOL, Script

COMMANDS_A_SEED = 300


def compare(choose, number, symbols=(SYMBOL,), day=()):
    """Run both on one script and hold every property after each command; returns all outputs."""
    fold, naive = MatchingFold(), NaiveMatcher()
    changelog = {}
    rebuilt = {symbol: Rebuilt() for symbol in symbols}
    lives = Lives()
    everything = []
    for message in Script(choose, naive, symbols, day).commands(number):
        symbol = message.symbol
        expected = naive_outputs(naive, message)
        try:
            step = fold.apply(symbol, copy.deepcopy(message))
        except Refused:
            assert expected is None
            continue
        outputs = outputs_of(step)
        assert outputs == expected
        everything += outputs
        for topic, key, output in outputs:
            lives.take(topic, output)
            if key == symbol and symbol in rebuilt:
                rebuilt[symbol].take(topic, output)
        for name in step.changed:
            entry = fold.entry(name)
            changelog.pop(name, None)
            if entry is not None:
                changelog[name] = entry
        if symbol in rebuilt:
            visible = queues(changelog, symbol)
            assert visible == rebuilt[symbol].queues == naive_queues(naive, symbol)
            hold_book(visible, outputs)
        if choose((False,) * 9 + (True,)):
            assert changelog == entries_of(fold)
            fold = reloaded(changelog, choose)
    assert changelog == entries_of(fold)
    assert not any(lives.net.values()), "a trade whose sides differ"
    live = {entry.root_order_id for entry in changelog.values() if hasattr(entry, "root_order_id")}
    assert live == set(lives.orders), "an order that is live without a report, or left without one"
    return everything


def naive_outputs(naive, message):
    try:
        return naive.apply(message.symbol, message)
    except Refused:
        return None


def reloaded(changelog, choose):
    """A fold built from copies of the entries, in another order."""
    names = sorted(changelog, key=lambda name: (len(name) * choose((1, -1)), name), reverse=choose((True, False)))
    fold = MatchingFold()
    fold.load((name, copy.deepcopy(changelog[name])) for name in names)
    return fold


def hold_book(visible, outputs):
    """Never crossed; the last quote, and only a command that changed the best, says what is best."""
    bid, bid_qty, ask, ask_qty = best(visible)
    assert bid is None or ask is None or bid < ask
    for topic, _, message in outputs:
        if topic == "quotes":
            assert message == outputs[-1][2]
            assert (message.bid_price_e4, message.bid_qty_e6) == (bid, bid_qty)
            assert (message.ask_price_e4, message.ask_qty_e6) == (ask, ask_qty)


def one(seed):
    """Compare on a seed's script; None, or the seed and what differed."""
    try:
        compare(Random(seed).choice, COMMANDS_A_SEED, day=PHASED if seed % 2 else ())
    except Exception as error:
        return f"seed {seed}: {type(error).__name__}: {str(error)[:300]}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + -(-arguments.commands // COMMANDS_A_SEED))
    differing = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done, difference in enumerate(pool.map(one, seeds, chunksize=8), start=1):
            if difference is not None:
                differing.append(difference)
            if done % 100 == 0 or done == len(seeds):
                print(f"{done * COMMANDS_A_SEED:,} commands, {len(differing)} seeds differ", flush=True)
    print("\n".join(differing[:20]))
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
