"""The pipeline, read top to bottom: one Faust app a role.

    1  client -> api            appends a command            -> commands      (key: account)
    2  accounts agent           checks, holds, books         -> orders        (key: symbol), order-events, ledger
    3  matching agent           price-time priority          -> trades, quotes, book-events, instruments (key: symbol)
    4                           a report for each order      -> commands      (key: account)   ... back to 2
    5  order-events, ledger     -> api (SSE), sinks          -> Postgres;  trades, quotes, book-events -> ClickHouse

Whatever can change an account arrives in `commands`, whatever can change a book in `orders`. Each agent is a fold of
one of them (`fold`), carried by a runner that makes every batch one Kafka transaction (`runner`, `processor`).
"""

from __future__ import annotations

from typing import Any

import faust

from config.kafka import kafka_connection
from config.settings import Settings
from streams import transport
from streams.roles import Role
from streams.runner import Runner
from streams.table import FoldTable, FoldTables
from topics import catalogue


def make_app(role: Role, config: Settings, instance: str) -> faust.App:
    """A worker of one role. Its instance is a static group membership: a restarted one rejoins at once."""
    datadir = config.home / "faust" / f"{role.name}-{instance}"
    datadir.mkdir(parents=True, exist_ok=True)
    # 1. The app: Faust assigns partitions; transactions, offsets and recovery are the runner's.
    app = faust.App(
        role.name,
        broker=[f"kafka://{address}" for address in config.kafka_bootstrap.split(",")],
        broker_credentials=_credentials(config),
        datadir=str(datadir),
        consumer_group_instance_id=f"{role.name}-{instance}",
        broker_session_timeout=config.session_timeout_ms / 1000,
        broker_heartbeat_interval=config.session_timeout_ms / 4000,
        broker_commit_interval=1.0,
        stream_buffer_maxsize=8,  # counts batches
        stream_wait_empty=False,
        stream_recovery_delay=0,
        table_standby_replicas=0,
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,
        TableManager=FoldTables,
    )
    # 2. Its state: a table over the fold's entries, in the changelog the catalogue names.
    table = FoldTable(app, name=catalogue.STATE_TABLE, partitions=config.partitions, key_type=bytes, value_type=bytes)
    app.tables.add(table)
    # 3. The runner, told of every assignment by the batch transport.
    runner = Runner(app, role, table, config)
    transport.install(app, runner)
    # 4. The agent: a batch of the source's records is one event.
    source = app.topic(role.source, acks=False, key_serializer="raw", value_serializer="raw")

    @app.agent(source, name=f"{role.name}-agent")
    async def fold_batches(stream: faust.StreamT[Any]) -> None:
        async for event in stream.events():
            if event.message.value:
                await runner.accept(event.message)

    # 5. Lag for monitors, and a watchdog.
    app.timer(1.0, name="commit_marks")(runner.commit_marks)

    app.timer(5.0, name="watch")(runner.watch)

    return app


def _credentials(config: Settings) -> faust.SASLCredentials | None:
    """What other clients are given, in Faust's shape."""
    known = kafka_connection(config)
    if "sasl_mechanism" not in known:
        return None
    user, password = known["sasl_plain_username"], known["sasl_plain_password"]
    return faust.SASLCredentials(username=user, password=password, mechanism=known["sasl_mechanism"])
