"""Clients of ClickHouse by the settings, and which of their errors mean that the store failed."""

from __future__ import annotations

import clickhouse_connect
import urllib3
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from config.settings import Settings
from sinks.errors import StoreDown

ERRORS = (ClickHouseError, urllib3.exceptions.HTTPError, OSError)


def connect(config: Settings, database: str | None = None) -> Client:
    """A client of the configured database, or of another; raises StoreDown when the server does not answer."""
    try:
        return clickhouse_connect.get_client(
            host=config.clickhouse_host,
            port=config.clickhouse_port,
            username=config.clickhouse_user,
            password=config.clickhouse_password.get_secret_value(),
            database=database or config.clickhouse_database,
            connect_timeout=5,
            send_receive_timeout=60,
            autogenerate_session_id=False,
        )
    except ERRORS as error:
        raise StoreDown(
            f"ClickHouse at {config.clickhouse_host}:{config.clickhouse_port} does not answer "
            f"({str(error).splitlines()[0]}). "
            "Start it, or name another by TAPELINE_CLICKHOUSE_HOST and TAPELINE_CLICKHOUSE_PORT."
        ) from error
