"""How often the collector of garbage walks a process that holds many records."""

from __future__ import annotations

import gc

# Orders, entries and rows live long or a batch, and none of them is in a cycle, so a walk finds nothing to free. At
# Python's own figure, a walk each 700 new objects, it took 36 % of a worker's processor time and stopped every stream.
COLLECT_AFTER = (100_000, 50, 100)


def collect_seldom() -> None:
    """Walk new objects after 100,000 of them, all that are old after half a billion."""
    gc.set_threshold(*COLLECT_AFTER)
