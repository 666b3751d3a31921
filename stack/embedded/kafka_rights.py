"""Who may do what on a broker that asks: its users, and their rights as they follow from the topic catalogue.

A user may write the topics that name one of its parts as a producer, and nothing else. Every part of the platform may
read every topic; strangers may read what is public. Rights of the broker itself are the administrator's alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from feeds import publish, redrive
from streams import roles
from topics.catalogue import TOPICS

DOWNSTREAM = "downstream"
FEED_IDS = publish.transactional_id("")


@dataclass(frozen=True, slots=True)
class User:
    """A name that a process tells the broker, and which producers of the catalogue run under it."""

    name: str
    producers: tuple[str, ...]
    transactional_ids: tuple[str, ...] = ()  # prefixes
    groups: tuple[str, ...] = ()  # prefixes
    reads_all: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Right:
    user: str
    operation: Literal["read", "write"]
    kind: Literal["topic", "group", "transactional_id"]
    name: str
    is_prefix: bool


def _ids(*workers: roles.Role) -> tuple[str, ...]:
    """What workers of these roles write under, and what they bar when they start: each other's way of running."""
    own = [roles.transactional_id(role, 0).removesuffix("0") for role in workers]
    return tuple(dict.fromkeys([*own, *(rival for role in workers for rival in role.rivals)]))


USERS = (
    User("api", ("api",)),
    User("accounts", ("streams.accounts",), _ids(roles.ACCOUNTS), (roles.ACCOUNTS.name,)),
    User("matching", ("streams.matching",), _ids(roles.MATCHING), (roles.MATCHING.name,)),
    User("market-data", ("streams.market_data",), _ids(roles.MARKET_DATA), (roles.MARKET_DATA.name,)),
    # On one machine one process is both folds and writes both in one transaction: one user with the rights of both.
    User("streams", ("streams.accounts", "streams.matching"), _ids(roles.ACCOUNTS, roles.MATCHING)),
    User("sinks", ("sinks",)),
    User("clock", ("feeds.clock",)),
    User("feeds", ("feeds.publish",), (FEED_IDS,)),
    # The command line: opens accounts with the API's code, lists symbols, kills, corrects trades, drives dead letters
    # again, reads all.
    User(
        "operator",
        ("api", "feeds.correction", "feeds.instruments", "feeds.kill", "feeds.publish", "feeds.redrive"),
        (redrive.TRANSACTIONAL_ID, FEED_IDS),
    ),
    # Strangers. Groups of their own: in a worker's group they could take its partitions away.
    User(DOWNSTREAM, (), groups=(f"{DOWNSTREAM}-",), reads_all=False),
)


def rights() -> set[Right]:
    """All of them; what is not here is refused."""
    return {right for user in USERS for right in _rights_of(user)}


def _rights_of(user: User) -> Iterator[Right]:
    for topic in TOPICS:
        if topic.public or user.reads_all:
            yield Right(user.name, "read", "topic", topic.name, is_prefix=False)
        if set(topic.producers) & set(user.producers):
            yield Right(user.name, "write", "topic", topic.name, is_prefix=False)
    for prefix in user.transactional_ids:
        yield Right(user.name, "write", "transactional_id", prefix, is_prefix=True)
    for prefix in user.groups:
        yield Right(user.name, "read", "group", prefix, is_prefix=True)
