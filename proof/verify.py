"""Verify a running stack: topics against a refold of the log, stores against the topics, and conservation.

The ends of the sources are frozen first, so it ends on a stack that goes on trading; what comes later is left to the
next run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from proof.log_reader import begins, ends
from proof.settling import Progress, committed_ends, until_folded, until_stored
from proof.verify_ledger import not_conserved
from proof.verify_log import OUTPUTS, SOURCES, LogReport, LogVerifier
from proof.verify_stores import verify_stores


@dataclass(slots=True)
class Verification:
    """What was found. `rows` are the stored rows that were compared."""

    log: LogReport
    rows: int
    not_conserved: list[str]

    @property
    def ok(self) -> bool:
        return not self.log.differences and not self.not_conserved

    def as_dict(self) -> dict[str, Any]:
        """Figures for a program to read; of the differences the first of each topic and table."""
        return {
            "ok": self.ok,
            "commands": self.log.commands,
            "outputs": self.log.outputs,
            "rows": self.rows,
            "differences": [
                {"where": each.topic, "origin": each.origin, "expected": each.expected, "found": each.found}
                for each in self.log.differences
            ],
            "conserved": not self.not_conserved,
            "not_conserved": self.not_conserved,
            "other_versions": self.log.other_versions,
            "left_out": self.log.left_out,
        }


async def verify(config: Settings, progress: Progress) -> Verification:
    """Verify everything that was caused by commands and orders that are on the log now.

    Raises StalledError when the workers or the sinks do not pass it.
    """
    frozen = await ends(config, list(SOURCES))
    await until_folded(config, frozen, progress)
    reached = await committed_ends(config, OUTPUTS, progress)
    await until_stored(config, reached, progress)
    log = await LogVerifier(config, frozen, reached, progress).run()
    progress("adding up the ledger")
    unbalanced = await not_conserved(config, reached)
    differences, rows = await verify_stores(config, await begins(config, OUTPUTS), reached, progress)
    log.differences += differences
    return Verification(log, rows, unbalanced)
