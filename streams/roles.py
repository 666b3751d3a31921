"""The roles of a worker: which topic each folds, into which changelog, by which fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from streams.accounts.fold import AccountsFold
from streams.fold import Fold
from streams.market_data.fold import MarketDataFold
from streams.matching.fold import MatchingFold
from topics import catalogue
from topics.codec import decode


@dataclass(frozen=True, slots=True)
class Role:
    """A fold with its source and its changelog. `name` is also the Faust app id, and so persistent state."""

    name: str
    source: str
    changelog: str
    fold: Callable[[], Fold]
    records: tuple[str, ...]  # names of the records that the source may carry
    partition_wide: tuple[str, ...]  # those that concern a whole partition, whatever their key
    caused_by: Mapping[str, str]  # records that only a fold may write here, and the source of that fold
    rivals: tuple[str, ...]  # transactional ids under which another way of running writes the same partitions

    @property
    def producer(self) -> str:
        """What the catalogue calls it as a producer: its room."""
        return f"streams.{self.name.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class Single:
    """Roles that one process on one machine owns all partitions of; its id is constant, so a second one bars it."""

    name: str  # on the command line, and of its lock
    transactional_id: str
    roles: tuple[Role, ...]


SINGLE_OWNER_ID = "tapeline-single"
SINGLE_MARKET_DATA_ID = "tapeline-market-data"
ACCOUNTS = Role(
    catalogue.ACCOUNTS_APP,
    catalogue.COMMANDS,
    catalogue.ACCOUNTS_CHANGELOG,
    lambda: AccountsFold(decode),
    catalogue.BY_NAME[catalogue.COMMANDS].records,
    ("AdvanceTime", "SetFirmStatus"),
    dict.fromkeys(("ExecutionReport", "OrderCancelReject"), catalogue.ORDERS),
    (SINGLE_OWNER_ID,),
)
MATCHING = Role(
    catalogue.MATCHING_APP,
    catalogue.ORDERS,
    catalogue.MATCHING_CHANGELOG,
    lambda: MatchingFold(decode),
    catalogue.BY_NAME[catalogue.ORDERS].records,
    (),
    dict.fromkeys(("NewOrder", "CancelRequest", "ReplaceRequest"), catalogue.COMMANDS),
    (SINGLE_OWNER_ID,),
)
MARKET_DATA = Role(
    catalogue.MARKET_DATA_APP,
    catalogue.MARKET_DATA,
    catalogue.MARKET_DATA_CHANGELOG,
    MarketDataFold,
    catalogue.BY_NAME[catalogue.MARKET_DATA].records,
    ("FeedHeartbeat",),
    {},
    (SINGLE_MARKET_DATA_ID,),
)
ROLES = {role.name: role for role in (ACCOUNTS, MATCHING, MARKET_DATA)}
# Market data by a process of its own: no order waits for a quote of another venue.
TRADING = Single("single", SINGLE_OWNER_ID, (ACCOUNTS, MATCHING))
CONSOLIDATION = Single("single-market-data", SINGLE_MARKET_DATA_ID, (MARKET_DATA,))
SINGLES = {single.name: single for single in (TRADING, CONSOLIDATION)}


def transactional_id(role: Role, partition: int) -> str:
    """The id that only one worker at a time may write under: whoever starts it bars the one before."""
    return f"{role.name}-{role.source}-{partition}"
