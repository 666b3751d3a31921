"""What all record classes of `messages/` have in common."""

from __future__ import annotations

from typing import Any


class Message:
    """A record of `avro/` as a class with slots. Two of a class are equal when all their fields are."""

    __slots__ = ()

    @property
    def NAME(self) -> str:  # noqa: N802 - as constant as a constant
        """Name of its schema."""
        return type(self).__name__

    def __reduce__(self) -> tuple[Any, ...]:
        """How to copy or pickle it, which a compiled class does not know by itself."""
        kind: Any = type(self)
        return kind, tuple(getattr(self, field) for field in kind.__dataclass_fields__)
