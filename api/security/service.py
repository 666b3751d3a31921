"""Who is asking: the account of a key. Known keys are remembered for two seconds; a revoked one is out within them."""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import Request

from api.problems import Unauthorized
from api.security.keys import KEY_ID_HEADER, SECRET_HEADER, is_secret_of
from api.security.repository import find_key
from api.store.pool import Pool

REMEMBERED_S = 2.0
REMEMBERED_MAX = 10_000
_KEY_ID = re.compile(r"[A-Za-z0-9]{1,64}")


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated client: its account, the owner and the key it came with."""

    account_id: str
    user_id: str
    key_id: str


@dataclass(slots=True)
class _Remembered:
    secret_hash: str
    caller: Caller
    until: float


class Authenticator:
    """Checks keys against `identity.api_keys`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._remembered: OrderedDict[str, _Remembered] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Remembered | None]] = {}

    async def authenticate(self, request: Request) -> Caller:
        """The caller by the request's headers. Raises Unauthorized, in the same words whatever is wrong."""
        key_id = request.headers.get(KEY_ID_HEADER, "")
        known = await self._key(key_id)
        if known is None or not is_secret_of(request.headers.get(SECRET_HEADER, ""), known.secret_hash):
            raise Unauthorized("the API key is missing, wrong or revoked")
        return known.caller

    async def in_force(self, key_id: str) -> bool:
        """Whether a key that was authenticated before still holds."""
        return await self._key(key_id) is not None

    async def _key(self, key_id: str) -> _Remembered | None:
        known = self._remembered.get(key_id)
        if known is not None and known.until > time.monotonic():
            return known
        if not _KEY_ID.fullmatch(key_id):
            return None
        asking = self._asking.get(key_id)
        if asking is None:  # one question at a time for a key, however many requests wait
            asking = self._asking[key_id] = asyncio.create_task(self._ask(key_id))
            asking.add_done_callback(lambda _: self._asking.pop(key_id, None))
        return await asyncio.shield(asking)

    async def _ask(self, key_id: str) -> _Remembered | None:
        until = time.monotonic() + REMEMBERED_S
        row = await find_key(self._pool, key_id)
        self._remembered.pop(key_id, None)
        if row is None:
            return None
        known = _Remembered(row["secret_hash"], Caller(row["account_id"], row["user_id"], key_id), until)
        self._remembered[key_id] = known
        if len(self._remembered) > REMEMBERED_MAX:
            self._remembered.popitem(last=False)
        return known


async def caller(request: Request) -> Caller:
    """FastAPI dependency: the authenticated caller."""
    authenticator: Authenticator = request.app.state.parts.authenticator
    return await authenticator.authenticate(request)
