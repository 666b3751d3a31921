"""Append a command and hear what accounts answers: a question, its answers, and what is known when none come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from api.log.commands import Commands, Delivery
from api.log.tail import Tail
from api.problems import OutcomeUnknown, Unavailable
from topics.message import Message

_UNCONFIRMED = "the log has not confirmed the command"


class Answers:
    """The records that an appended command has caused so far, in their order."""

    def __init__(self, heard: asyncio.Queue[Any], delivery: Delivery, timeout_ms: int) -> None:
        self._heard = heard
        self._delivery = delivery
        self._deadline = asyncio.get_running_loop().time() + timeout_ms / 1000

    async def recorded(self) -> None:
        """Wait until the command is recorded. Raises OutcomeUnknown when that is not certain in time."""
        left_s = self._deadline - asyncio.get_running_loop().time()
        ended, _ = await asyncio.wait([self._delivery], timeout=max(0.0, left_s))
        if not ended or self._delivery.cancelled() or self._delivery.exception() is not None:
            raise OutcomeUnknown(_UNCONFIRMED)

    async def next(self) -> Any | None:
        """The next answer; None when the time is over and the command is recorded.

        Raises OutcomeUnknown when it is not certain that the command is recorded.
        """
        try:
            async with asyncio.timeout_at(self._deadline):
                answer = await self._heard.get()
        except TimeoutError:
            if self._delivery.done():
                return None
            raise OutcomeUnknown(_UNCONFIRMED) from None
        if isinstance(answer, _Undelivered):
            raise OutcomeUnknown(_UNCONFIRMED)
        return answer


class _Undelivered:
    """Takes the place of an answer when the producer gives a command up."""


class Asker:
    """Asks accounts, by way of the log."""

    def __init__(self, commands: Commands, tail: Tail, timeout_ms: int) -> None:
        self._commands = commands
        self._tail = tail
        self._timeout_ms = timeout_ms

    @asynccontextmanager
    async def ask(
        self, account_id: str, command: Message, correlation_id: str, then: Message | None = None
    ) -> AsyncIterator[Answers]:
        """Append one command, once. Raises Unavailable when it was not appended.

        `then` is a second command whose answer ends those of the first: it is appended behind it, to the same account.
        """
        with self._tail.expect(correlation_id) as heard:
            delivery = await self._commands.append(account_id, command, correlation_id)
            delivery.add_done_callback(lambda ended: _tell(ended, heard))
            if then is not None:
                with suppress(Unavailable):  # the first is on its way: what becomes of it is what counts
                    await self._commands.append(account_id, then, correlation_id)
            yield Answers(heard, delivery, self._timeout_ms)


def _tell(ended: Delivery, heard: asyncio.Queue[Any]) -> None:
    if ended.cancelled() or ended.exception() is not None:
        heard.put_nowait(_Undelivered())
