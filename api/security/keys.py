"""What an API key is made of, and how a secret is kept.

A secret is 256 random bits, so nobody can guess it from its hash: a slow hash (Argon2) protects passwords because
people choose them, and would only cost us 20 ms a request here. One SHA-256 is kept and compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

KEY_ID_HEADER = "apca-api-key-id"
SECRET_HEADER = "apca-api-secret-key"  # noqa: S105  (the name of a header)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as its owner gets it, once."""

    key_id: str
    secret: str

    def __repr__(self) -> str:
        return f"NewKey({self.key_id})"


def generate() -> NewKey:
    """A new key; its id has 20 characters, as Alpaca's have."""
    return NewKey("TK" + secrets.token_hex(9).upper(), secrets.token_urlsafe(32))


def hash_of(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def is_secret_of(secret: str, secret_hash: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(hash_of(secret), secret_hash)
