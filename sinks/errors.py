"""What can go wrong with a sink, as a tree.

SinkError
├── StoreDown        a store does not answer; says how to reach it
├── KafkaDown        neither does the broker, at the start
├── MigrationError   migrations on disk and those applied differ
├── Fenced           another process moved this partition on in the store; this one has to stop
├── Gap              records between the store and the log are missing; a person has to decide
└── Unconvertible    a record that is no row of this store: a dead letter, never a reason to stop
"""

from __future__ import annotations


class SinkError(Exception):
    """Ends the process with its text; a supervisor starts it again, and it goes on from what the store says."""


class StoreDown(SinkError):
    pass


class KafkaDown(SinkError):
    pass


class MigrationError(SinkError):
    pass


class Fenced(SinkError):
    pass


class Gap(SinkError):
    pass


class Unconvertible(SinkError):
    pass
