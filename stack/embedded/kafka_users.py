"""The password of each user of a broker that asks: made once, kept in a file of the home for its owner's eyes alone."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from stack import private_file
from stack.embedded.kafka_properties import ADMIN
from stack.embedded.kafka_rights import USERS

FILE = "kafka-users.json"


def passwords(home: Path) -> dict[str, str]:
    """By name; who has none yet gets one."""
    file = home / FILE
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    names = (ADMIN, *(user.name for user in USERS))
    known = kept | {name: secrets.token_urlsafe(24) for name in names if name not in kept}
    if known != kept:
        private_file.write(file, json.dumps(known, indent=1) + "\n")
    return known
