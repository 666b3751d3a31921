"""JSON bodies, read strictly: what two readers could take for two things is refused before a model sees it.

A name that is given twice would silently lose one of its values, and a fraction read as a float would lose digits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.problems import BadRequest, InvalidRequest, printable


class StrictRequest(Request):
    """A request whose body was read already."""

    def __init__(self, request: Request, body: bytes) -> None:
        super().__init__(request.scope, request.receive)
        self._bytes, self._value = body, parse(body)

    async def body(self) -> bytes:
        return self._bytes

    async def json(self) -> Any:
        return self._value


class StrictRoute(APIRoute):
    """A route that takes JSON. Raises BadRequest for what is not JSON, InvalidRequest for a name given twice."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def read_and_handle(request: Request) -> Response:
            body = await request.body()
            if not body or self.body_field is None:
                return await handle(request)
            return await handle(StrictRequest(request, body))

        return read_and_handle


def parse(body: bytes) -> Any:
    """The JSON value; fractions are Decimals. Raises BadRequest and InvalidRequest."""
    try:
        return json.loads(body, parse_float=Decimal, object_pairs_hook=_object)
    except (ValueError, ArithmeticError, RecursionError):  # the last two: an exponent, a depth beyond all use
        raise BadRequest("the body is not JSON") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = [printable(name) for name, count in Counter(name for name, _ in pairs).items() if count > 1]
        errors = [{"field": name, "rule": "duplicate_key", "message": "is given more than once"} for name in twice]
        raise InvalidRequest("; ".join(f"{name}: is given more than once" for name in twice), errors=errors)
    return found
