"""Cancel on disconnect: when a stream that asked for it has ended, all open orders of its account are canceled.

However a stream ends (its client is gone or silent, too slow, its key revoked, this process stopped in order), it comes
here. What is not covered is a process that is killed: nobody is left then to cancel.
"""

from __future__ import annotations

import asyncio
import logging
import time
from uuid import uuid4

from api.log.commands import Commands
from api.problems import Unavailable
from topics.messages import CancelAllOrders

FINISH_WITHIN_S = 4.0
_RETRY_S = 0.5

log = logging.getLogger(__name__)


class Disconnects:
    """The streams that asked for it, and the cancels that are on their way."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._watched: dict[object, str] = {}  # account by stream
        self._canceling: set[asyncio.Task[None]] = set()

    def watch(self, stream: object, account_id: str) -> None:
        """From here on the account's orders live no longer than the stream."""
        self._watched[stream] = account_id

    def ended(self, stream: object) -> None:
        """A stream has ended; nothing happens for one that did not ask."""
        account_id = self._watched.pop(stream, None)
        if account_id is not None:
            task = asyncio.create_task(self._cancel(account_id))
            self._canceling.add(task)
            task.add_done_callback(self._canceling.discard)

    async def finish(self) -> None:
        """The process stops: what is still watched ends now, and what can be canceled in time is."""
        for stream in list(self._watched):
            self.ended(stream)
        if self._canceling:
            _, left = await asyncio.wait(self._canceling, timeout=FINISH_WITHIN_S)
            for task in left:
                task.cancel()
            if left:
                log.error("the log cannot be reached: the orders of %d streams that have ended stay open", len(left))

    async def _cancel(self, account_id: str) -> None:
        """Until it is recorded: a second time cancels no more than what is open then."""
        log.info("the stream of account %s has ended: its orders are canceled", account_id)
        while not await self._is_recorded(account_id):
            log.warning("the orders of account %s, whose stream has ended, are not canceled yet", account_id)
            await asyncio.sleep(_RETRY_S)

    async def _is_recorded(self, account_id: str) -> bool:
        command = CancelAllOrders(account_id, time.time_ns() // 1000)
        try:
            delivery = await self._commands.append(account_id, command, str(uuid4()))
        except Unavailable:
            return False
        await asyncio.wait([delivery])
        return not delivery.cancelled() and delivery.exception() is None
