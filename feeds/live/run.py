"""The live connector as a process of its own: `python -m feeds live`, with metrics."""

from __future__ import annotations

import sys

from prometheus_client import start_http_server

from config.settings import Settings
from feeds import publish
from feeds.live.feed import LiveFeed, require_possible
from feeds.live.line import LiveError


async def run(config: Settings, metrics_port: int) -> None:
    """Follow what the settings name until cancelled. Where that is not possible the process ends and says why."""
    feed = LiveFeed(config, config.live_names, config.live_suffix, publish.clock_us)
    if metrics_port:
        start_http_server(metrics_port, addr="127.0.0.1")
    try:
        await require_possible(config, feed.named)
        await publish.run(config, feed)
    except LiveError as error:
        sys.exit(f"feeds: {error}")
