"""The contract of a fold: what it is given, what it returns, and what may never be inside. Imports nothing of Kafka.

A fold is the whole business of one topic's partition as a deterministic function:

    state, command  ->  outputs, names of the entries that changed

* **Given**: a key and a decoded message of `topics.messages`, one at a time, in the order of the partition. Every time,
  id and reference price it needs is inside the message.
* **Returned**: a `Step`. `outputs` are messages for other topics, in order. `changed` names the entries whose value is
  different now (or which are gone); the runner asks for their values once a batch, so a thing that changes a hundred
  times in a batch is written once.
* **Entry**: a small piece of state with a name (`account/A1`, `order/A1/O7`) that is a message itself and is kept in a
  compacted changelog. `entry(name)` is None when it is gone. `load` builds the objects back from all entries, in any
  order. Nothing outside entries may influence what `apply` returns: a fold loaded from its entries and one that never
  stopped must go on identically.
* **Why determinism**: after a crash the same commands are folded again, and the outputs must be the same bytes. So: no
  clock, no randomness, no IO, no float, no uuid, no iteration over a set, no use of `hash()` order, no module state.
  A test reads the source of the pure rooms and holds this.
* **Failure**: expected refusals are outputs. A message that is not for this fold raises `Refused`, before anything
  changed: the runner dead-letters it. A fold that keeps count of what it refuses returns it in its `Step` instead. Any
  other exception is a defect and stops the process before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(slots=True)
class Output:
    """A message for a topic. The partition follows from the key (`topics.partition`)."""

    topic: str
    key: str
    message: Any


class Refused(ValueError):
    """A message that this fold does not take: a schema or key that does not belong. Nothing has changed."""

    def __init__(self, text: str, reason: str = "refused") -> None:
        super().__init__(text)
        self.reason = reason  # the dead letter's


@dataclass(slots=True)
class Step:
    """What one command did. `changed` keeps the order in which entries changed and names each once.

    `refused` where the message becomes a dead letter and the fold has counted that it did.
    """

    outputs: list[Output] = field(default_factory=list)
    changed: dict[str, None] = field(default_factory=dict)
    refused: Refused | None = None


class Fold(Protocol):
    """See the module's text. `VERSION` changes whenever the same log could give other bytes."""

    VERSION: str

    def load(self, entries: Iterable[tuple[str, Any]]) -> None:
        """Build the state from (name, message) pairs of a changelog; called once, on an empty fold."""

    def apply(self, key: str, message: Any) -> Step:
        """Fold one command in."""

    def entry(self, name: str) -> Any | None:
        """Current value of an entry, None when it is gone."""


def unreadable(_record: bytes) -> Any:
    """Stands for the reader of records that commands carry as bytes, in a fold that was made without one."""
    raise ValueError("this fold was made without a reader of records")
