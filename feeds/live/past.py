"""What a feed published lately, read back off the topic: the identities by which a repetition is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from config.settings import Settings
from feeds.live.points import identity_of
from feeds.reading import reading
from topics.catalogue import MARKET_DATA
from topics.codec import decode
from topics.messages import TradeCorrection, VenueBands, VenueQuote, VenueStatus, VenueTrade

BACK_US = 60_000_000  # by how much a line may lag behind what another had brought before a restart


async def read_back(
    config: Settings, feed: str, suffix: str, now_us: int
) -> tuple[Sequence[tuple[object, ...]], dict[str, int]]:
    """Identities of the last minute's records, and the time of each symbol's last quote in microseconds."""
    seen: list[tuple[object, ...]] = []
    quotes_us: dict[str, int] = {}
    async with reading(config) as log:
        async for record in log.since(MARKET_DATA, (now_us - BACK_US) // 1000):
            message = decode(record.value) if record.value is not None else None
            if getattr(message, "feed", None) != feed:
                continue
            if isinstance(message, VenueQuote):
                symbol = message.symbol.removesuffix(suffix)
                quotes_us[symbol] = max(quotes_us.get(symbol, 0), message.transact_time_us)
            elif isinstance(message, VenueTrade | TradeCorrection | VenueStatus | VenueBands):
                seen.append(identity_of(replace(message, symbol=message.symbol.removesuffix(suffix))))
    return seen, quotes_us
