"""The ways in which a running process is troubled, in an order from a seed: every kind comes once before any again."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Iterator

from proof.kills.waiting import until
from stack.children import Child, ChildSpec
from stack.own_stack import OwnStack

JOIN_S = 3.0  # a worker starts and joins its group within it
TAKEOVER_S = 4.0  # the spare has taken over and trades within it after the session

ALIKE = ("sink-postgres", "sink-clickhouse", "api", "kafka")
SINGLE = (*ALIKE, "streams", "streams frozen")
CLUSTER = (*ALIKE, "accounts", "matching", "accounts frozen", "matching frozen")


def troubles(seed: int, *, cluster: bool) -> Iterator[str]:
    """Endless; the same seed gives the same order."""
    chance = random.Random(seed)
    while True:
        deck = list(CLUSTER if cluster else SINGLE)
        chance.shuffle(deck)
        yield from deck


class Troublemaker:
    """Kills and freezes processes of a stack; a frozen worker of a cluster is replaced by a spare meanwhile."""

    def __init__(self, own: OwnStack, chance: random.Random) -> None:
        self.own, self.random = own, chance
        self.spares = 0

    async def make(self, trouble: str) -> None:
        """Make it, and return once the process runs again. Raises NotBackError."""
        role, _, frozen = trouble.partition(" ")
        names = [name for name in self.own.running() if name == role or name.rpartition("-")[0] == role]
        name = self.random.choice(sorted(names))
        await until(lambda: self.own.running()[name].state == "running", f"{name} runs")
        pid = self.own.running()[name].pid
        if frozen:
            await self._freeze(role, pid)
            return
        os.kill(pid, signal.SIGKILL)
        await until(lambda: self.own.running()[name].pid != pid, f"{name} runs again")

    async def _freeze(self, role: str, pid: int) -> None:
        """Stop a worker until its session and its transactions have timed out, and wake it.

        It dies at its next write, or, having had nothing to write, joins again as a newcomer.
        """
        config = self.own.config
        spare = None if role == "streams" else self._spare(role)
        if spare is not None:
            await asyncio.sleep(JOIN_S)  # the partition stays where it is until its owner falls silent
        os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(max(config.session_timeout_ms, config.transaction_timeout_ms) / 1000 + TAKEOVER_S)
        os.kill(pid, signal.SIGCONT)
        await asyncio.sleep(JOIN_S)
        if spare is not None:
            spare.ask_to_stop()
            spare.wait_stopped()

    def _spare(self, role: str) -> Child:
        self.spares += 1
        spec = ChildSpec(
            f"{role}-spare",
            [sys.executable, "-m", "streams", role, "--instance", f"spare-{self.spares}"],
            env=self.own.environment,
        )
        return Child(spec, self.own.home / "logs" / f"{spec.name}.log")
