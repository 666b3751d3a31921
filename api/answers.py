"""JSON answers, encoded by pydantic's serialiser: about three times as fast as the standard library's."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse
from pydantic_core import to_json


class JsonAnswer(JSONResponse):
    """A body that is ready to be sent: of strings, numbers, lists and dictionaries."""

    def render(self, content: Any) -> bytes:
        return to_json(content)
