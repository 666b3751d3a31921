"""The live connector as a process of its own: `python -m feeds live`, with metrics."""

from __future__ import annotations

from prometheus_client import start_http_server

from config.settings import Settings
from feeds import publish
from feeds.live.errors import LiveError
from feeds.live.feed import LiveFeed, require_possible


async def run(config: Settings, metrics_port: int) -> None:
    """Follow what the settings name until cancelled. Raises LiveError where that is not possible, and KafkaError."""
    feed = LiveFeed(config, config.live_names, config.live_suffix, publish.clock_us)
    if metrics_port:
        try:
            start_http_server(metrics_port, addr="127.0.0.1")
        except OSError as error:
            problem = f"Metrics cannot be served on port {metrics_port}: {error.strerror}."
            raise LiveError(problem, "Name another one by --metrics-port, or 0 for none.") from None
    await require_possible(config, feed.named)
    await publish.run(config, feed)
