"""What one client of the feed has not been sent yet: bounded, the latest quote of a symbol in place of older ones where
it must be, and what was left out is counted so that the client can be told."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from api.feed.frames import Frame, Kind

WAITING_MAX = 2000  # events; with shared frames the bound of a client's memory is that of so many references


class Subscriber:
    """Frames of some symbols and kinds, until `take`."""

    __slots__ = ("_frames", "_there", "kinds", "skipped", "symbols")

    def __init__(self, symbols: frozenset[str], kinds: frozenset[Kind]) -> None:
        self.symbols = symbols
        self.kinds = kinds
        self.skipped = 0
        self._frames: list[Frame] = []
        self._there = asyncio.Event()

    def offer(self, frame: Frame) -> None:
        """Called with each frame of its symbols."""
        if frame.kind in self.kinds:
            if len(self._frames) >= WAITING_MAX:
                self._make_room()
            self._frames.append(frame)
            self._there.set()

    async def wait(self) -> None:
        """Until there is something to take."""
        await self._there.wait()

    def take(self, *, conflated: bool) -> tuple[list[Frame], int]:
        """What there is, and how many updates were left out of it because the client was slow. Conflated: of each
        symbol the latest quote alone, as the client asked; those are not counted."""
        frames, skipped = self._frames, self.skipped
        self._frames, self.skipped = [], 0
        self._there.clear()
        return (latest_quotes(frames) if conflated else frames), skipped

    def _make_room(self) -> None:
        """Older quotes go first; trades, bars and states only where these alone are too many, the oldest half."""
        kept = latest_quotes(self._frames)
        if len(kept) >= WAITING_MAX:
            kept = kept[WAITING_MAX // 2 :]
        self.skipped += len(self._frames) - len(kept)
        self._frames = kept


def latest_quotes(frames: Collection[Frame]) -> list[Frame]:
    """All frames but the quotes that a later one of their symbol replaces; their order stays."""
    last = {frame.symbol: frame for frame in frames if frame.kind == "nbbo"}
    return [frame for frame in frames if frame.kind != "nbbo" or last[frame.symbol] is frame]
