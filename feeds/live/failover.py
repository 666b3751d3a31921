"""Which line's events are passed on: a fold of what two lines say and when. It has no clock and no IO.

What the active line says is passed on at once. What the other one says is held for as long as a line may be silent: if
the active line brings it meanwhile it was a repetition; if not, it is passed on then, so nothing that either line has
brought is missing. If the active line has brought nothing new since, the other one becomes active with all it has
held. The primary becomes active again when it has kept up, without a break, with what was passed on.

Each event is passed on once. Trades, corrections and states are known by their identity, the last MEMORY of them; a
quote says how things are from now on, so one that is older than its symbol's last is superseded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.live.points import Event

PRIMARY, BACKUP = 0, 1
MEMORY = 200_000  # identities
HELD_MAX = 50_000  # events of the line that is not active; beyond, the oldest is decided at once
STEADY = 2  # the primary is active again when it has kept up for so many times the time it may be silent


@dataclass(frozen=True, slots=True)
class Dropped:
    """An event that is not passed on: `repeated`, or a `superseded` quote."""

    kind: str


@dataclass(frozen=True, slots=True)
class Switched:
    """Another line is active from now on."""

    to: int
    reason: str


@dataclass(frozen=True, slots=True)
class GapBegan:
    """Nothing is heard since an event of this time, or since the beginning at all; nanoseconds since the epoch UTC."""

    since_ns: int


@dataclass(frozen=True, slots=True)
class GapEnded:
    """Something is heard again; what happened between the two event times may be missing."""

    since_ns: int
    until_ns: int


Outcome = Event | Dropped | Switched | GapBegan | GapEnded


class Failover:
    """What is active, what has been passed on, and what is held. All times `_us` are arrivals, not decreasing."""

    def __init__(self, silent_us: int, stale_us: int) -> None:
        self.active = PRIMARY
        self.silent_us, self.stale_us = silent_us, stale_us
        self._up = [False, False]
        self._held: deque[tuple[int, Event]] = deque()  # of the other line, by arrival
        self._seen: dict[tuple[object, ...], None] = {}  # oldest first
        self._quotes: dict[str, tuple[int, set[tuple[object, ...]]]] = {}  # last time of a symbol, and all said then
        self._began_us: int | None = None  # time of the first tick
        self._fresh_us = self._passed_us = 0  # last event passed on that the active line brought; that any line brought
        self._frontier_ns = 0  # largest event time passed on
        self._primary_ns = self._primary_us = 0  # largest event time, and last arrival, of the primary
        self._steady_since_us: int | None = None
        self._gap_since_ns: int | None = None

    @property
    def gap_since_ns(self) -> int | None:
        """Since when a silence lasts, as GapBegan tells it; None: there is none."""
        return self._gap_since_ns

    def resume(self, seen: Sequence[tuple[object, ...]], quotes_us: dict[str, int], since_ns: int) -> None:
        """Begin behind what was passed on before, with a gap since then. Times of quotes are in microseconds."""
        for identity in seen:
            self._remember(identity)
        self._quotes = {symbol: (1000 * (time_us + 1), set()) for symbol, time_us in quotes_us.items()}
        self._frontier_ns = self._gap_since_ns = since_ns

    def heard(self, line: int, event: Event, time_us: int) -> list[Outcome]:
        """A line brings an event."""
        out = self.tick(time_us)
        if line == PRIMARY:
            if time_us > self._primary_us + self.silent_us:
                self._steady_since_us = None
            self._primary_us, self._primary_ns = time_us, max(self._primary_ns, event.time_ns)
        if line == self.active:
            self._pass(event, time_us, out, is_fresh=True)
        elif why := self._known(event):
            out.append(Dropped(why))
        else:
            self._held.append((time_us, event))
            if len(self._held) > HELD_MAX:
                self._pass(self._held.popleft()[1], time_us, out, is_fresh=False)
        if line == PRIMARY != self.active:
            self._keep_up(time_us, out)
        return out

    def up(self, line: int) -> None:
        """A line is connected and subscribed."""
        self._up[line] = True

    def lost(self, line: int, time_us: int) -> list[Outcome]:
        """A line's connection is gone: the other one takes over at once, where it is up."""
        out = self.tick(time_us)
        self._up[line] = False
        if line == PRIMARY:
            self._steady_since_us = None
        if line == self.active and self._up[1 - line]:
            self._switch(time_us, "lost", out)
        elif not any(self._up):
            self._begin_gap(out)
        return out

    def tick(self, time_us: int) -> list[Outcome]:
        """Time goes on: what was held long enough is decided, and silence of both lines is a gap."""
        out: list[Outcome] = []
        if self._began_us is None:
            self._began_us = time_us
        while self._held and time_us >= self._held[0][0] + self.silent_us:
            arrived_us, event = self._held.popleft()
            if why := self._known(event):
                out.append(Dropped(why))
            elif self._fresh_us <= arrived_us:
                self._held.appendleft((arrived_us, event))
                self._switch(time_us, "silent", out)
            else:
                self._pass(event, time_us, out, is_fresh=False)
        if time_us >= max(self._began_us, self._passed_us) + self.stale_us:
            self._begin_gap(out)
        return out

    def _keep_up(self, time_us: int, out: list[Outcome]) -> None:
        """The primary, not active, has said something: has it been no further behind than it may be silent?"""
        if self._frontier_ns - self._primary_ns > 1000 * self.silent_us:
            self._steady_since_us = None
        elif self._steady_since_us is None:
            self._steady_since_us = time_us
        elif time_us >= self._steady_since_us + STEADY * self.silent_us:
            self._switch(time_us, "recovered", out)

    def _switch(self, time_us: int, reason: str, out: list[Outcome]) -> None:
        self.active = 1 - self.active
        self._steady_since_us = None
        self._fresh_us = time_us
        out.append(Switched(self.active, reason))
        held, self._held = self._held, deque()
        for _, event in held:
            self._pass(event, time_us, out, is_fresh=True)

    def _pass(self, event: Event, time_us: int, out: list[Outcome], *, is_fresh: bool) -> None:
        if why := self._known(event):
            out.append(Dropped(why))
            return
        if event.is_quote:
            last_ns, said = self._quotes.get(event.symbol, (0, set()))
            said = said if last_ns == event.time_ns else set()
            said.add(event.identity)
            self._quotes[event.symbol] = (event.time_ns, said)
        else:
            self._remember(event.identity)
        if self._gap_since_ns is not None:
            out.append(GapEnded(self._gap_since_ns, event.time_ns))
            self._gap_since_ns = None
        self._frontier_ns = max(self._frontier_ns, event.time_ns)
        self._passed_us = time_us
        if is_fresh:
            self._fresh_us = time_us
        out.append(event)

    def _known(self, event: Event) -> str:
        """Why an event is not passed on; empty where it is new."""
        if not event.is_quote:
            return "repeated" if event.identity in self._seen else ""
        last_ns, said = self._quotes.get(event.symbol, (0, set()))
        if event.time_ns < last_ns:
            return "superseded"
        return "repeated" if event.time_ns == last_ns and event.identity in said else ""

    def _remember(self, identity: tuple[object, ...]) -> None:
        self._seen[identity] = None
        if len(self._seen) > MEMORY:
            del self._seen[next(iter(self._seen))]

    def _begin_gap(self, out: list[Outcome]) -> None:
        if self._gap_since_ns is None:
            self._gap_since_ns = self._frontier_ns or 1000 * (self._began_us or 0)
            out.append(GapBegan(self._gap_since_ns))
