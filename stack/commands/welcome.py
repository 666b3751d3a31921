"""What `tapeline up` prints when everything answers: where it is, and an order to send."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

_REPOSITORY = Path(__file__).parents[2]
_ORDER = {"symbol": "AAPL", "qty": "1", "side": "buy", "type": "market", "time_in_force": "day"}


def servers(environment: dict[str, str]) -> str:
    """Where the servers are."""
    home = environment["TAPELINE_HOME"]
    return (
        f"\nKafka       {environment['TAPELINE_KAFKA_BOOTSTRAP']}\n"
        f"ClickHouse  http://127.0.0.1:{environment['TAPELINE_CLICKHOUSE_PORT']}/play\n"
        f"Postgres    127.0.0.1:{environment['TAPELINE_POSTGRES_PORT']}\n"
        f"Addresses and passwords are in {home}/stack.env, logs in {home}/logs. Ctrl-C stops everything in order."
    )


def platform(environment: dict[str, str]) -> str:
    """Where the API and the servers are, and a curl that places an order which fills."""
    api = f"http://{environment['TAPELINE_API_HOST']}:{environment['TAPELINE_API_PORT']}"
    return f"\nAPI         {api}/docs{servers(environment)}\n\n{_first_order(environment, api)}"


def _first_order(environment: dict[str, str], api: str) -> str:
    made = subprocess.run(
        [sys.executable, "-m", "api", "demo-account"],
        env={**os.environ, **environment, "PYTHONPATH": str(_REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    if made.returncode:
        reason = (made.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        return f"The demo account could not be made ({reason}); `python -m api demo-account` says more."
    account = json.loads(made.stdout)
    return (
        f"Demo account {account['account_id']}. Place an order, and see what it got:\n\n"
        f"curl -s {api}/v2/orders -H 'APCA-API-KEY-ID: {account['key_id']}' "
        f"-H 'APCA-API-SECRET-KEY: {account['secret']}' -H 'Content-Type: application/json' \\\n"
        f"  -d '{json.dumps(_ORDER)}'\n"
    )
