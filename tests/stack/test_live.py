"""The live connector as a process of the platform: its status, metrics and health, and that it is off without a key."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import httpx
import pytest

from config.settings import settings_of
from stack import live_status
from stack.own_stack import OwnStack, own_stack
from stack.processes import API, LIVE, MIGRATE, SINGLE, SINGLE_MARKET_DATA, SINK_POSTGRES, processes
from tests.feeds.alpaca_server import KEY, SECRET, AlpacaServer, trade

WANTED = {"TAPELINE_LIVE_KEY_ID": KEY, "TAPELINE_LIVE_SYMBOLS": "aapl, MSFT,AAPL"}


@pytest.mark.parametrize(
    ("variables", "follows"),
    [
        ({}, False),
        ({"TAPELINE_LIVE_KEY_ID": KEY}, False),
        ({"TAPELINE_LIVE_SYMBOLS": "AAPL"}, False),
        ({**WANTED, "TAPELINE_LIVE_SYMBOLS": " , "}, False),
        (WANTED, True),
    ],
)
def test_settings_decide_whether_it_runs(variables: dict[str, str], follows: bool) -> None:
    config = settings_of(variables)
    assert config.follows_live is follows
    started = processes(cluster=False, simulator=True, live=config.follows_live)
    assert (LIVE in started) is follows
    assert not follows or started[-1] is LIVE  # a provider that refuses keeps nothing else from starting
    assert not follows or config.live_names == ("AAPL", "MSFT")


@pytest.mark.parametrize("body", ["<!doctype html>", "python_info 1.0", "tapeline_live_active NaN", ""])
async def test_a_stranger_at_the_port_is_no_connector(body: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert await asyncio.to_thread(live_status.read, port) is None


def test_a_metrics_port_that_is_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "feeds", "live", "--metrics-port", str(port)]
        refused = subprocess.run(command, capture_output=True, text=True, timeout=60)
    problem = f"feeds: Metrics cannot be served on port {port}: Address already in use."
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (
        1,
        f"{problem} Name another one by --metrics-port, or 0 for none.",
    )


def status(own: OwnStack, *arguments: str) -> str:
    command = [sys.executable, "-m", "stack", "--home", str(own.home), "status", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout


async def until(holds: Callable[[], bool], send: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not await asyncio.to_thread(holds):
        assert time.monotonic() < deadline
        await send()  # type: ignore[misc]


@pytest.mark.stack
async def test_status_metrics_and_health_show_which_line_is_in_force() -> None:
    number = 0

    async with AlpacaServer() as primary, AlpacaServer() as backup:

        async def send(*servers: AlpacaServer) -> None:
            nonlocal number
            number += 1
            point = trade("AAPL", number, time.time_ns())
            for server in servers:
                await server.send(point)
            await asyncio.sleep(0.02)

        terms = {"URL": primary.url, "SECRET_KEY": SECRET, "BACKUP_URL": backup.url, "SILENT_MS": "300"}
        environment = WANTED | {f"TAPELINE_LIVE_{name}": value for name, value in terms.items()}
        # Blocks until all of it has started; only then the lines are answered.
        with own_stack((MIGRATE, SINGLE, SINGLE_MARKET_DATA, SINK_POSTGRES, API, LIVE), environment=environment) as own:

            def live() -> dict[str, object]:
                found: dict[str, object] = json.loads(status(own, "--json")).get("live") or {}
                return found

            def beside() -> str:
                at = f"http://{own.config.api_host}:{own.config.api_port}/health/ready"
                return str(httpx.get(at, timeout=10, trust_env=False).json()["beside"]["live"])

            def metrics() -> str:
                at = f"http://127.0.0.1:{own.running()['live'].port}/metrics"
                return httpx.get(at, timeout=10, trust_env=False).text

            await until(lambda: live().get("last_message_age_s") is not None, lambda: send(primary, backup))
            assert (live()["active"], live()["reconnects"], live()["switches"]) == ("primary", 0, 0)
            assert "Live: primary in force, last message " in status(own)
            await until(lambda: beside() == "ok", lambda: send(primary, backup))
            await primary.cut()
            await until(lambda: beside() == "the backup line is in force", lambda: send(backup))
            assert live()["active"] == "backup"
            await until(lambda: live()["reconnects"] == 1, lambda: send(backup))
            shown = await asyncio.to_thread(metrics)
            assert 'tapeline_live_active{line="backup"} 1.0' in shown
            assert 'tapeline_live_up{line="primary"} 1.0' in shown
            await until(lambda: beside() == "ok" and live()["active"] == "primary", lambda: send(primary, backup))
            os.kill(own.running()["live"].pid, signal.SIGSTOP)
            await until(lambda: beside().startswith("has published nothing for "), lambda: asyncio.sleep(0.2))
            os.kill(own.running()["live"].pid, signal.SIGCONT)
