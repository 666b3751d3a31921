"""Every topic of Tapeline, declared once: name, key and why, records, who may produce to it, how long it is kept.

Names, keys and partition counts are persistent state: a test freezes them. All topics have the configured number of
partitions, so that one key is in the same partition of each, and a fold's changelog lies beside its source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

COMMANDS: Final = "commands"
ORDERS: Final = "orders"
ORDER_EVENTS: Final = "order-events"
LEDGER: Final = "ledger"
TRADES: Final = "trades"
TRADE_CORRECTIONS: Final = "trade-corrections"
QUOTES: Final = "quotes"
BOOK_EVENTS: Final = "book-events"
INSTRUMENTS: Final = "instruments"
MARKET_DATA: Final = "market-data"
FEED_POSITIONS: Final = "feed-positions"
NBBO: Final = "nbbo"
PRINTS: Final = "prints"
BARS: Final = "bars"
TRADING_STATUS: Final = "trading-status"
SNAPSHOTS: Final = "snapshots"
AUCTIONS: Final = "auctions"
DEAD_LETTERS: Final = "dead-letters"
ACCOUNTS_APP: Final = "accounts"
MATCHING_APP: Final = "matching"
MARKET_DATA_APP: Final = "market-data"
STATE_TABLE: Final = "state"
ACCOUNTS_CHANGELOG: Final = f"{ACCOUNTS_APP}-{STATE_TABLE}-changelog"
MATCHING_CHANGELOG: Final = f"{MATCHING_APP}-{STATE_TABLE}-changelog"
MARKET_DATA_CHANGELOG: Final = f"{MARKET_DATA_APP}-{STATE_TABLE}-changelog"

FOR_EVER: Final = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
WEEK: Final = {"cleanup.policy": "delete", "retention.ms": str(7 * 24 * 3600 * 1000)}
COMPACTED: Final = {"cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.5", "segment.ms": "600000"}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's declaration. `producers` are rooms of the code base; a test fails on any other."""

    name: str
    key: str  # what the key is
    why: str  # why the key is the key
    records: tuple[str, ...]  # names of the records it may carry
    producers: tuple[str, ...]
    config: dict[str, str] = field(default_factory=dict)
    about: str = ""  # what it is, for people
    public: bool = False  # market data: where the broker asks who reads, everybody it knows may read this

    def partitions(self, configured: int) -> int:
        """Number of partitions for the configured size of the deployment."""
        return configured


TOPICS = (
    Topic(
        COMMANDS,
        "account_id",
        "whatever can change an account arrives in one order, so an account is a fold of one partition",
        (
            "OpenAccount",
            "SetAccountStatus",
            "Deposit",
            "Withdraw",
            "DepositShares",
            "WithdrawShares",
            "SubmitOrder",
            "CancelOrder",
            "CancelAllOrders",
            "ReplaceOrder",
            "AdvanceTime",
            "SetFirmStatus",
            "ExecutionReport",
            "OrderCancelReject",
            "CorrectFill",
        ),
        ("api", "streams.matching", "feeds.clock", "feeds.kill", "feeds.redrive"),
        FOR_EVER,
        about="what is asked of an account, and what books report to it; with `orders` the record of the market",
    ),
    Topic(
        ORDERS,
        "symbol",
        "whatever can change a book arrives in one order, so a book is a fold of one partition",
        ("NewOrder", "CancelRequest", "ReplaceRequest", "DefineInstrument", "SessionCommand", "CorrectTrade"),
        ("streams.accounts", "feeds.clock", "feeds.correction", "feeds.instruments", "feeds.kill", "feeds.redrive"),
        FOR_EVER,
        about="orders, cancels and replaces that passed the pre-trade checks, on their way to their book",
    ),
    Topic(
        ORDER_EVENTS,
        "account_id",
        "a client follows one account; its events have one writer and one order",
        ("OrderEvent", "OrderCancelReject"),
        ("streams.accounts",),
        FOR_EVER,
        about="what became of each order, step by step, as its account is told",
    ),
    Topic(
        LEDGER,
        "account_id",
        "balances are sums of one account's entries in their order",
        ("JournalEntry", "AccountEvent"),
        ("streams.accounts",),
        FOR_EVER,
        about="openings of accounts, and each movement of cash and shares as a double entry",
    ),
    Topic(
        TRADES,
        "symbol",
        "prints of a symbol in their order",
        ("Trade",),
        ("streams.matching",),
        WEEK,
        about="every match of two orders",
        public=True,
    ),
    Topic(
        TRADE_CORRECTIONS,
        "symbol",
        "corrections of a symbol's trades in their order",
        ("CorrectedTrade",),
        ("streams.matching",),
        WEEK,
        about="trades that were canceled or corrected after they had been printed",
        public=True,
    ),
    Topic(
        QUOTES,
        "symbol",
        "best bid and offer of a symbol in their order",
        ("Quote",),
        ("streams.matching",),
        WEEK,
        about="best bid and offer, whenever either has changed",
        public=True,
    ),
    Topic(
        BOOK_EVENTS,
        "symbol",
        "a symbol's book is rebuilt from its events in their order",
        ("BookEvent",),
        ("streams.matching",),
        WEEK,
        about="each change of each price level's orders: the whole book, order by order",
        public=True,
    ),
    Topic(
        INSTRUMENTS,
        "symbol",
        "only the last terms of a symbol matter",
        ("Instrument",),
        ("streams.matching",),
        COMPACTED,
        about="terms of each listed symbol",
        public=True,
    ),
    Topic(
        AUCTIONS,
        "symbol",
        "what auctions of a symbol would give and gave, in their order",
        ("Auction",),
        ("streams.matching",),
        WEEK,
        about="indicative price, paired quantity and imbalance while an auction calls, and what it gave",
        public=True,
    ),
    Topic(
        MARKET_DATA,
        "symbol",
        "whatever can change a symbol's consolidated market arrives in one order, so it is a fold of one partition",
        (
            "SecurityDefinition",
            "VenueQuote",
            "VenueTrade",
            "TradeCorrection",
            "VenueStatus",
            "VenueBands",
            "FeedHeartbeat",
        ),
        ("feeds.publish",),
        WEEK,
        about="quotes, trades and states of every venue as feeds bring them, our own book among them",
        public=True,
    ),
    Topic(
        FEED_POSITIONS,
        "feed",
        "only the last position of a feed matters",
        ("FeedPosition",),
        ("feeds.publish",),
        COMPACTED,
        about="how far each feed has published, and what became of what it read",
    ),
    Topic(
        NBBO,
        "symbol",
        "best bid and offer over all venues of a symbol in their order",
        ("Nbbo",),
        ("streams.market_data",),
        WEEK,
        about="national best bid and offer, whenever either has changed",
        public=True,
    ),
    Topic(
        PRINTS,
        "symbol",
        "consolidated trades of a symbol in their order",
        ("Print",),
        ("streams.market_data",),
        WEEK,
        about="every venue's trades with what they update, and corrections of them",
        public=True,
    ),
    Topic(
        BARS,
        "symbol",
        "bars of a symbol in their order, a corrected one behind the one that it corrects",
        ("Bar",),
        ("streams.market_data",),
        WEEK,
        about="bars of a second and of a minute by event time",
        public=True,
    ),
    Topic(
        TRADING_STATUS,
        "symbol",
        "states of a symbol in their order",
        ("TradingStatus",),
        ("streams.market_data",),
        WEEK,
        about="halts, pauses, price bands and limit states, and venues that leave or join",
        public=True,
    ),
    Topic(
        SNAPSHOTS,
        "symbol",
        "only the latest state of a symbol matters",
        ("Snapshot",),
        ("streams.market_data",),
        COMPACTED,
        about="the latest state of each symbol: best bid and offer, last sale, statistics of its day",
        public=True,
    ),
    Topic(
        DEAD_LETTERS,
        "source topic",
        "letters of one topic stay together for whoever repairs them",
        ("DeadLetter",),
        ("streams.accounts", "streams.matching", "streams.market_data", "sinks"),
        FOR_EVER,
        about="records that could not be read or were not allowed where they were, whole and with the reason",
    ),
    Topic(
        ACCOUNTS_CHANGELOG,
        "entry name",
        "state of the accounts of one partition of commands; written to that partition, not by hash",
        ("AccountEntry", "PositionEntry", "OpenOrderEntry", "FinishedEntry", "FirmEntry", "Mark"),
        ("streams.accounts",),
        COMPACTED,
        about="state of the accounts, for their own restart; no contract for others",
    ),
    Topic(
        MATCHING_CHANGELOG,
        "entry name",
        "state of the books of one partition of orders; written to that partition, not by hash",
        ("BookEntry", "RestingOrderEntry", "CorrectionEntry", "Mark"),
        ("streams.matching",),
        COMPACTED,
        about="state of the books, for their own restart; no contract for others",
    ),
    Topic(
        MARKET_DATA_CHANGELOG,
        "entry name",
        "state of the symbols of one partition of market-data; written to that partition, not by hash",
        ("SecurityEntry", "VenueEntry", "TapeEntry", "BarEntry", "Mark"),
        ("streams.market_data",),
        COMPACTED,
        about="state of the consolidated market, for its own restart; no contract for others",
    ),
)

BY_NAME = {topic.name: topic for topic in TOPICS}
