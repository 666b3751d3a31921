"""What all record classes of `messages/` have in common."""

from __future__ import annotations


class Message:
    """A record of `avro/` as a class with slots. Two of a class are equal when all their fields are."""

    __slots__ = ()

    @property
    def NAME(self) -> str:  # noqa: N802 - as constant as a constant
        """Name of its schema."""
        return type(self).__name__
