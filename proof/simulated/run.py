"""One seed, one run: traders act, workers are crashed, frozen, woken and replaced, and everything is checked."""

from __future__ import annotations

import random
from dataclasses import dataclass

from proof.simulated import invariants, leg_invariants, order_invariants
from proof.simulated.broker import Broker, Fenced
from proof.simulated.operator import Operator
from proof.simulated.records import Violation
from proof.simulated.single import SingleWorker
from proof.simulated.traders import Traders
from proof.simulated.worker import Worker
from streams.accounts.lifecycle import Defect
from streams.roles import ROLES, TRADING

SINGLE = ("single", 0)
AnyWorker = Worker | SingleWorker

CHECK_EVERY = 150  # steps between two checks of everything that holds at every moment
STEPS_MAX = 200_000
CORRECTS = 0.08  # part of the commands that are the operator's, who corrects trades


@dataclass(slots=True)
class Outcome:
    """What a seed did."""

    seed: int
    single: int = 0  # 1 when one worker owned everything
    commands: int = 0
    crashes: int = 0
    zombies: int = 0
    fenced: int = 0
    rebalances: int = 0
    corrected: int = 0  # trades busted or corrected


class Simulation:
    def __init__(self, seed: int, commands: int = 150) -> None:
        self.random = random.Random(seed)
        self.outcome = Outcome(seed)
        self.broker = Broker(self.random.choice((1, 1, 2, 3)))
        self.traders = Traders(self.broker, seed, self.random.randint(2, 5))
        self.operator = Operator(self.broker, self.traders.random)
        self.left = commands
        self.owners: dict[tuple[str, int], AnyWorker] = {}  # by role and partition, or one for all of them
        self.zombies: list[AnyWorker] = []
        self.outcome.single = self.random.randint(0, 1)
        self.trouble = self.random.choice((0.0, 0.01, 0.05, 0.2))  # chance of trouble a step

    def run(self) -> Outcome:
        """Raises Violation, or whatever a worker raised that is not being fenced."""
        try:
            return self._run()
        finally:
            for worker in (*self.owners.values(), *self.zombies):
                worker.crash()

    def _run(self) -> Outcome:
        self.traders.open_market()
        if self.outcome.single:
            self._start(SINGLE)
        else:
            for role in TRADING.roles:
                for partition in range(self.broker.partitions):
                    self._start((role.name, partition))
        for step in range(STEPS_MAX):
            self._step()
            if step % CHECK_EVERY == 0:
                invariants.check_running(self.broker)
                leg_invariants.check_legs(self.broker)
                invariants.check_conserved(self.broker, self.traders, at_rest=False)
            if self.left == 0 and self._at_rest():
                break
        else:
            raise Violation("the market does not come to rest")
        self._check_end()
        return self.outcome

    def _step(self) -> None:
        if self.left and self.random.random() < 0.25:
            self.left -= 1
            self.outcome.commands += 1
            if self.traders.random.random() < CORRECTS:
                self.operator.act(self.traders.time_us)
            else:
                self.traders.act()
        if self.zombies and self.random.random() < 0.1:
            self._wake(self.random.randrange(len(self.zombies)))
        at = self.random.choice(list(self.owners))
        worker = self.owners[at]
        if self.random.random() < self.trouble:
            self._trouble(at, worker)
        else:
            self._advance(at)

    def _advance(self, at: tuple[str, int]) -> None:
        """A step of a current owner. A zombie frozen before its fence may have barred it: then it is started again."""
        worker = self.owners[at]
        if not self._lives_on(worker):
            worker.crash()
            self._start(at)

    def _trouble(self, at: tuple[str, int], worker: AnyWorker) -> None:
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
                self._advance(at)
            self.owners[at].crash()
        self._start(at)

    def _wake(self, index: int) -> None:
        """A frozen worker goes on; it may read and fold, and dies at its first write."""
        if not self._lives_on(self.zombies[index]):
            self.zombies.pop(index)

    def _lives_on(self, worker: AnyWorker) -> bool:
        """Let a worker go on to its next durable step; False when it died because it is barred.

        A single owner that is barred in the middle of a transaction may die before its next write: what it folded was
        aborted, and what its successor wrote instead does not fit.
        """
        try:
            worker.advance()
        except (Fenced, Defect):
            if not worker.is_barred():
                raise
            self.outcome.fenced += 1
            return False
        return True

    def _start(self, at: tuple[str, int]) -> None:
        seed = self.random.randrange(1 << 30)
        role, partition = at
        self.owners[at] = (
            SingleWorker(self.broker, seed) if at == SINGLE else Worker(self.broker, ROLES[role], partition, seed)
        )

    def _at_rest(self) -> bool:
        """Whether every source record is folded and durable."""
        return all(worker.is_at_rest() for worker in self.owners.values())

    def _settle(self) -> None:
        for _ in range(STEPS_MAX):
            if self._at_rest():
                return
            self._advance(self.random.choice(list(self.owners)))
        raise Violation("the market does not come to rest")

    def _check_end(self) -> None:
        invariants.check_running(self.broker)
        invariants.check_same_orders(self.broker)
        order_invariants.check_shown(self.broker)
        leg_invariants.check_legs(self.broker)
        leg_invariants.check_armed(self.broker)
        self.traders.close_market()
        self._settle()
        invariants.check_running(self.broker)
        invariants.check_same_orders(self.broker)
        invariants.check_conserved(self.broker, self.traders, at_rest=True)
        invariants.check_fills(self.broker)
        self.outcome.corrected = invariants.check_corrections(self.broker)
        order_invariants.check_events(self.broker)
        leg_invariants.check_legs(self.broker)
        invariants.check_refold(self.broker)


def run(seed: int, commands: int = 150) -> Outcome:
    """Run one seed to its end. The same seed does exactly the same again."""
    return Simulation(seed, commands).run()
