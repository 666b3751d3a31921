"""ClickHouse: market data and analytics."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import clickhouse_connect

from stack.children import ChildSpec
from stack.embedded import ports
from stack.embedded.server import Say

_DATABASE = "tapeline"
_REPOSITORY = Path(__file__).parents[2]

_CONFIG = """\
<clickhouse>
    <listen_host>127.0.0.1</listen_host>
    <http_port>{http}</http_port>
    <tcp_port>{native}</tcp_port>
    <log-level>warning</log-level>
    <max_server_memory_usage>2000000000</max_server_memory_usage>
    <background_schedule_pool_size>32</background_schedule_pool_size>
    <keep_alive_timeout>1</keep_alive_timeout>
    <users_config>users.xml</users_config>
    <prometheus><endpoint>/metrics</endpoint><metrics>true</metrics><events>true</events></prometheus>
</clickhouse>
"""
# What the server's own image has in its users.xml: the user of all parts of Tapeline. Others are in users.d beside it.
_USERS = """\
<clickhouse>
    <profiles><default/></profiles>
    <quotas><default/></quotas>
    <users>
        <default>
            <password/>
            <networks><ip>127.0.0.1</ip></networks>
            <profile>default</profile>
            <quota>default</quota>
            <access_management>1</access_management>
            <named_collection_control>1</named_collection_control>
        </default>
    </users>
</clickhouse>
"""
ANALYST = _REPOSITORY / "sinks" / "clickhouse" / "analyst.xml"
DICTIONARIES = _REPOSITORY / "sinks" / "clickhouse" / "dictionaries.xml"


class ClickHouse:
    name = "clickhouse"
    retry_start_s = 0.0

    def __init__(
        self, directory: Path, http_port: int, native_port: int, analyst_password: str, postgres: Mapping[str, str]
    ) -> None:
        self._directory = directory
        self._http_port = http_port
        self._native_port = native_port
        self._analyst_password = analyst_password
        self._postgres = postgres  # variables by which a dictionary reads from it

    def prepare(self, _say: Say) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        config = _CONFIG.format(http=self._http_port, native=self._native_port)
        (self._directory / "config.xml").write_text(config)
        (self._directory / "users.xml").write_text(_USERS)
        for file, folder in ((ANALYST, "users.d"), (DICTIONARIES, "config.d")):
            (self._directory / folder).mkdir(exist_ok=True)
            shutil.copyfile(file, self._directory / folder / file.name)

    def spec(self) -> ChildSpec:
        return ChildSpec(
            self.name,
            [sys.executable, "-m", "stack.embedded.clickhouse_server"],
            env={
                "PYTHONPATH": str(_REPOSITORY),
                "TAPELINE_CLICKHOUSE_NATIVE_PORT": str(self._native_port),
                **self.environment(),
                **self._postgres,
            },
            cwd=self._directory,
            stops_by_stdin=True,
        )

    def probe(self) -> None:
        ports.require_listener(self._http_port)
        self._command("SELECT 1")

    def provision(self) -> None:
        self._command(f"CREATE DATABASE IF NOT EXISTS {_DATABASE}")

    def environment(self) -> dict[str, str]:
        return {
            "TAPELINE_CLICKHOUSE_HOST": "127.0.0.1",
            "TAPELINE_CLICKHOUSE_PORT": str(self._http_port),
            "TAPELINE_CLICKHOUSE_USER": "default",
            "TAPELINE_CLICKHOUSE_PASSWORD": "",
            "TAPELINE_CLICKHOUSE_DATABASE": _DATABASE,
            "TAPELINE_ANALYST_PASSWORD": self._analyst_password,
        }

    def _command(self, statement: str) -> None:
        client = clickhouse_connect.get_client(
            host="127.0.0.1", port=self._http_port, connect_timeout=2, send_receive_timeout=10, query_retries=0
        )
        try:
            client.command(statement)
        finally:
            client.close()
