"""One seed, one run: traders act, workers are crashed, frozen, woken and replaced, and everything is checked."""

from __future__ import annotations

import random
from dataclasses import dataclass

from proof.simulated import invariants
from proof.simulated.broker import Broker, Fenced
from proof.simulated.traders import Traders
from proof.simulated.worker import Worker
from streams.roles import ACCOUNTS, MATCHING, Role

CHECK_EVERY = 150  # steps between two checks of everything that holds at every moment
STEPS_MAX = 200_000


@dataclass(slots=True)
class Outcome:
    """What a seed did."""

    seed: int
    commands: int = 0
    crashes: int = 0
    zombies: int = 0
    fenced: int = 0
    rebalances: int = 0


class Simulation:
    def __init__(self, seed: int, commands: int = 150) -> None:
        self.random = random.Random(seed)
        self.outcome = Outcome(seed)
        self.broker = Broker(self.random.choice((1, 1, 2, 3)))
        self.traders = Traders(self.broker, seed, self.random.randint(2, 5))
        self.left = commands
        self.owners: dict[tuple[str, int], Worker] = {}
        self.zombies: list[Worker] = []
        self.trouble = self.random.choice((0.0, 0.01, 0.05, 0.2))  # chance of trouble a step

    def run(self) -> Outcome:
        """Raises invariants.Violation, or whatever a worker raised that is not being fenced."""
        try:
            return self._run()
        finally:
            for worker in (*self.owners.values(), *self.zombies):
                worker.crash()

    def _run(self) -> Outcome:
        self.traders.open_market()
        for role in (ACCOUNTS, MATCHING):
            for partition in range(self.broker.partitions):
                self._start(role, partition)
        for step in range(STEPS_MAX):
            self._step()
            if step % CHECK_EVERY == 0:
                invariants.check_running(self.broker)
                invariants.check_conserved(self.broker, self.traders, at_rest=False)
            if self.left == 0 and self._at_rest():
                break
        else:
            raise invariants.Violation("the market does not come to rest")
        self._check_end()
        return self.outcome

    def _step(self) -> None:
        if self.left and self.random.random() < 0.25:
            self.left -= 1
            self.outcome.commands += 1
            self.traders.act()
        if self.zombies and self.random.random() < 0.1:
            self._wake(self.random.randrange(len(self.zombies)))
        at = self.random.choice(list(self.owners))
        worker = self.owners[at]
        if self.random.random() < self.trouble:
            self._trouble(at, worker)
        else:
            self._advance(worker)

    def _advance(self, worker: Worker) -> None:
        """A step of a current owner. A zombie frozen before its fence may have barred it: then it is started again."""
        try:
            worker.advance()
        except Fenced:
            self.outcome.fenced += 1
            worker.crash()
            self._start(worker.role, worker.partition)

    def _trouble(self, at: tuple[str, int], worker: Worker) -> None:
        """Crash the worker, or leave it frozen, or move its partition in good order; somebody else takes it."""
        kind = self.random.choice(("crash", "freeze", "rebalance"))
        if kind == "crash":
            self.outcome.crashes += 1
            worker.crash()
        elif kind == "freeze":
            self.outcome.zombies += 1
            self.zombies.append(worker)
        else:
            self.outcome.rebalances += 1
            for _ in range(1000):
                if worker.idle or self.owners[at] is not worker:
                    break
                self._advance(worker)
            self.owners[at].crash()
        self._start(worker.role, worker.partition)

    def _wake(self, index: int) -> None:
        """A frozen worker goes on; it may read and fold, and dies at its first write."""
        try:
            self.zombies[index].advance()
        except Fenced:
            self.outcome.fenced += 1
            self.zombies.pop(index)

    def _start(self, role: Role, partition: int) -> None:
        seed = self.random.randrange(1 << 30)
        self.owners[role.name, partition] = Worker(self.broker, role, partition, seed)

    def _at_rest(self) -> bool:
        """Whether every source record is folded and durable."""
        return all(
            worker.idle and not self.broker.committed(worker.role.source, worker.partition, worker.owner.mark + 1)
            for worker in self.owners.values()
        )

    def _settle(self) -> None:
        for _ in range(STEPS_MAX):
            if self._at_rest():
                return
            self._advance(self.owners[self.random.choice(list(self.owners))])
        raise invariants.Violation("the market does not come to rest")

    def _check_end(self) -> None:
        invariants.check_running(self.broker)
        invariants.check_same_orders(self.broker)
        self.traders.close_market()
        self._settle()
        invariants.check_running(self.broker)
        invariants.check_same_orders(self.broker)
        invariants.check_conserved(self.broker, self.traders, at_rest=True)
        invariants.check_fills(self.broker)
        invariants.check_refold(self.broker)


def run(seed: int, commands: int = 150) -> Outcome:
    """Run one seed to its end. The same seed does exactly the same again."""
    return Simulation(seed, commands).run()
