"""Message-rate throttle: a token bucket an account, filled by the stamped times of its messages."""

from __future__ import annotations

from typing import Final

from streams.accounts.limits import Limits
from streams.accounts.state import Account

TOKEN: Final = 1_000_000


def refill(account: Account, limits: Limits, time_us: int) -> int:
    """Tokens (1e-6) the account has at a time. A time before the last one adds nothing."""
    elapsed_us = time_us - account.throttle_time_us
    if elapsed_us > 0:
        tokens = account.throttle_tokens_e6 + elapsed_us * limits.messages_per_s
        account.throttle_tokens_e6 = min(tokens, limits.message_burst * TOKEN)
        account.throttle_time_us = time_us
    return account.throttle_tokens_e6


def take(account: Account) -> None:
    """Count a message; one that found no token costs none."""
    if account.throttle_tokens_e6 >= TOKEN:
        account.throttle_tokens_e6 -= TOKEN
