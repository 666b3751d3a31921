"""`python -m sinks`: the command line of the sinks."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from enum import StrEnum
from typing import Annotated

import typer
import uvloop
from aiokafka.errors import KafkaError
from prometheus_client import start_http_server

from config.collector import collect_seldom
from config.niceness import stand_back
from config.settings import settings
from sinks import rebuild as rebuilding
from sinks.clickhouse import migrate as clickhouse_migrate
from sinks.clickhouse.store import ClickHouseStore
from sinks.errors import SinkError
from sinks.postgres import migrate as postgres_migrate
from sinks.postgres.store import PostgresStore
from sinks.runner import run
from sinks.store import Store

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
MetricsPort = Annotated[int, typer.Option(min=0, max=65535, help="serve Prometheus metrics on this port; 0: do not")]


class StoreName(StrEnum):
    POSTGRES = "postgres"
    CLICKHOUSE = "clickhouse"


@app.callback()
def root() -> None:
    """Kafka to the stores, each record exactly once."""


@app.command()
def migrate() -> None:
    """Bring both stores to the newest schema. Safe to run again, and from several processes at once."""
    config = settings()
    with postgres_migrate.locked(config) as connection:
        applied = [f"postgres {name}" for name in postgres_migrate.migrate(connection)]
        postgres_migrate.admit_dictionaries(connection, config.dictionary_password.get_secret_value())
        applied += [f"clickhouse {name}" for name in clickhouse_migrate.migrate(config)]
    typer.echo("\n".join(f"applied {name}" for name in applied) or "nothing to apply")


@app.command()
def postgres(metrics_port: MetricsPort = 0) -> None:
    """Carry order-events and ledger into Postgres until stopped (SIGTERM or Ctrl-C)."""
    _serve(PostgresStore(settings()), metrics_port)


@app.command()
def clickhouse(metrics_port: MetricsPort = 0) -> None:
    """Carry trades, quotes, book-events and pre-trade checks into ClickHouse until stopped (SIGTERM or Ctrl-C)."""
    _serve(ClickHouseStore(settings()), metrics_port)


@app.command()
def rebuild(
    store: StoreName,
    lose_history: Annotated[bool, typer.Option(help="even if the log no longer has all that the store has")] = False,
) -> None:
    """Empty a store; its sink fills it again from the log. Stop the sink of ClickHouse before."""
    config = settings()
    with postgres_migrate.locked(config) as connection:
        if store is StoreName.POSTGRES:
            rebuilding.postgres(connection)
        else:
            if not lose_history:
                asyncio.run(rebuilding.require_whole_log(config))
            rebuilding.clickhouse(config)
    typer.echo(f"{store} is empty; its sink fills it again")


def _serve(store: Store, metrics_port: int) -> None:
    stand_back(store.niceness)
    collect_seldom()
    if metrics_port:
        try:
            start_http_server(metrics_port, addr="127.0.0.1")
        except OSError as error:
            raise SinkError(f"metrics cannot be served on port {metrics_port}: {error.strerror}") from error
    uvloop.run(_until_stopped(store))


async def _until_stopped(store: Store) -> None:
    filling = asyncio.create_task(run(store, settings()))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, filling.cancel)
    await asyncio.wait([filling])
    if not filling.cancelled():
        filling.result()


def main() -> None:
    logging.basicConfig(level=settings().log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("aiokafka", "urllib3", "clickhouse_connect", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they warn of reaches us as exceptions
    try:
        app()
    except SinkError as error:
        sys.exit(f"sinks: {error}")
    except KafkaError as error:
        sys.exit(f"sinks: Kafka failed: {error}")
    except ExceptionGroup as group:
        ended, others = group.split((SinkError, KafkaError))
        if others is not None or ended is None:
            raise
        sys.exit("\n".join(dict.fromkeys(f"sinks: {error}" for error in ended.exceptions)))


if __name__ == "__main__":
    main()
