"""A Faust table over a fold's entries: Faust assigns its changelog's partitions and sees its keys; the fold holds them.

The runner loads a partition in bulk before Faust's own recovery, and sets the persisted offset to the changelog's end,
so that Faust finds nothing to do (its recovery is slow, and waits for ever on a changelog ending in a commit marker).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import faust
from faust.stores.base import Store
from faust.tables.manager import TableManager
from faust.types import TP, EventT

from topics.codec import encode


class FoldStore(Store[bytes, bytes]):
    """A read-only view on the folds of the partitions owned now; entries are written by the runner's transactions."""

    def __post_init__(self) -> None:
        self.folds: dict[int, Any] = {}  # partition -> Fold
        self.offsets: dict[TP, int] = {}

    def _get(self, key: bytes) -> bytes | None:
        for fold in self.folds.values():
            entry = fold.entry(key.decode())
            if entry is not None:
                return encode(entry)
        return None

    def apply_changelog_batch(self, batch: Iterable[EventT[Any]], to_key: Any, to_value: Any) -> None:
        offsets = {event.message.tp: event.message.offset for event in batch}
        raise RuntimeError(f"changelog records up to {offsets} came after the bulk load: somebody else is writing")

    def persisted_offset(self, tp: TP) -> int | None:
        return self.offsets.get(tp)

    def set_persisted_offset(self, tp: TP, offset: int) -> None:
        self.offsets[tp] = offset

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        for tp in revoked:
            self.offsets.pop(tp, None)

    def reset_state(self) -> None:
        self.folds.clear()
        self.offsets.clear()

    async def backup_partition(self, tp: Any, flush: bool = True, purge: bool = False, keep: int = 1) -> None:
        """Nothing to back up: the changelog is the only copy that counts."""

    def restore_backup(self, tp: Any, latest: bool = True, backup_id: int = 0) -> None:
        """Nothing to restore: see backup_partition."""


class FoldTables(TableManager):
    """Starts at once: Faust waits a second for tables that agents add while they start, and ours is known before."""

    async def on_start(self) -> None:
        await self._update_channels()
        await self.recovery.start()


class FoldTable(faust.Table[bytes, bytes]):
    def _new_store(self) -> FoldStore:
        return FoldStore("memory://", self.app, self, table_name=self.name, loop=self.loop)
