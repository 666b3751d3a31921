"""What holds of the query of every route."""

from __future__ import annotations

from collections import Counter

from fastapi import Request

from api.problems import invalid, printable


async def each_once(request: Request) -> None:
    """Raises InvalidRequest for a parameter that is given twice: one of the two would be passed over in silence."""
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if times > 1:
            raise invalid(printable(name), "once", "is given more than once")
