"""Best bid and offer of every symbol, off the public topic `quotes`, from now on."""

from __future__ import annotations

from config.settings import Settings
from feeds.flow.actions import Best
from feeds.reading import reading
from topics.catalogue import QUOTES
from topics.codec import decode
from topics.messages import Quote

EMPTY = Best()


class BestQuotes:
    """What the last quotes said; a symbol without one since the start has what was put in, or an empty book."""

    def __init__(self) -> None:
        self.by_symbol: dict[str, Best] = {}

    def of(self, symbol: str) -> Best:
        """The best of a symbol."""
        return self.by_symbol.get(symbol, EMPTY)

    async def follow(self, config: Settings) -> None:
        """Keep them up to date, until cancelled."""
        async with reading(config) as log:
            async for record in log.following(await log.ends(QUOTES)):
                message = decode(record.value)
                if isinstance(message, Quote):
                    self.by_symbol[message.symbol] = Best(message.bid_price_e4, message.ask_price_e4)
