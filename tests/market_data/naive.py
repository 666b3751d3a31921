"""Consolidation written down twice: the plain definitions over all that was ever said, to hold the fold against."""

from __future__ import annotations


def best(quotes):
    """Best bid and offer over venues' latest quotes: (price, quantity, venue) a side, None where there is none.

    `quotes`: venue to (bid price, bid quantity, since, place), (ask ...), a side None where it is empty. A venue that
    locks or crosses itself does not count.
    """
    fine = {v: (b, a) for v, (b, a) in quotes.items() if b is None or a is None or b[0] < a[0]}
    bids = [(b[0], b[1], -b[2], -b[3], v) for v, (b, _) in fine.items() if b]
    asks = [(-a[0], a[1], -a[2], -a[3], v) for v, (_, a) in fine.items() if a]
    bid = max(bids) if bids else None
    ask = max(asks) if asks else None
    return (bid[0], bid[1], bid[4]) if bid else None, (-ask[0], ask[1], ask[4]) if ask else None


def bars(trades, length_us):
    """Bars of (time, number, price, quantity) by start: open, high, low, close, volume, count."""
    found = {}
    for trade in sorted(trades):
        found.setdefault(trade[0] // length_us * length_us, []).append(trade)
    return {
        start: (
            inside[0][2],
            max(trade[2] for trade in inside),
            min(trade[2] for trade in inside),
            inside[-1][2],
            sum(trade[3] for trade in inside),
            len(inside),
        )
        for start, inside in found.items()
    }
