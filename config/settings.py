"""Every setting of Tapeline, read from TAPELINE_* variables, then from `{home}/stack.env` (written by `tapeline up`).

Units are last in each name. A running embedded stack writes the ports and passwords it chose to `stack.env`, so a
command typed in another terminal, a test and a worker all reach the same servers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_HOME = Path(".tapeline")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TAPELINE_", extra="ignore", frozen=True)

    home: Path = Field(DEFAULT_HOME, description="where the embedded stack keeps its servers' data, logs and stack.env")
    data: Path = Field(Path("../shared/data"), description="recorded market data for replay, tests and benchmarks")

    kafka_bootstrap: str = "127.0.0.1:9092"
    kafka_security: Literal["none", "scram"] = "none"  # whether the broker asks who this process is
    kafka_user: str = ""
    kafka_password: SecretStr = SecretStr("")
    partitions: Annotated[int, Field(ge=1, le=64)] = 1  # per topic; fixed at the first start, all state is keyed by it

    postgres_host: str = "127.0.0.1"
    postgres_port: int = 5432
    postgres_user: str = "tapeline"
    postgres_password: SecretStr = SecretStr("tapeline")
    postgres_database: str = "tapeline"
    dictionary_password: SecretStr = SecretStr("")  # of Postgres' role `dictionaries`, who ClickHouse reads accounts as

    clickhouse_host: str = "127.0.0.1"
    clickhouse_port: int = 8123
    clickhouse_user: str = "default"
    clickhouse_password: SecretStr = SecretStr("")
    clickhouse_database: str = "tapeline"
    analyst_password: SecretStr = SecretStr("")  # of ClickHouse's user `analyst`, who reads within bounds

    redis_url: str = "redis://127.0.0.1:6379/0"

    api_host: str = "127.0.0.1"
    api_port: int = 8000

    session_timeout_ms: int = 6000  # Kafka group session; a dead worker's partitions move after it
    transaction_timeout_ms: int = 10000  # a frozen owner's open transaction blocks readers at most this long
    pace_ms: int = 12  # from the start of one transaction of a worker to the start of the next
    decision_timeout_ms: int = 2000  # POST answers pending_new when the pre-trade decision takes longer
    calendar: str = "always"  # always open, a day ends at midnight UTC; or a calendar such as XNYS, with phases
    auction_rules: Literal["Nasdaq", "Xetra", "Euronext", "Jse"] = "Nasdaq"  # of the auctions of a calendar's days
    simulator_symbols: Annotated[int, Field(ge=1, le=10_000)] = 1000  # the first twenty are the demonstration's
    simulator_rate: Annotated[float, Field(gt=0, le=1000)] = 30.0  # orders and cancels a second in all, in the mean

    # The live connector: Alpaca's stream protocol, from a provider and, where one is named, a backup.
    live_symbols: str = ""  # with commas between; with these and a key the stack follows them
    live_suffix: str = ".LIVE"  # put behind each, beside those that are traded here
    live_url: str = "wss://stream.data.alpaca.markets/v2/iex"
    live_key_id: str = ""
    live_secret_key: SecretStr = SecretStr("")
    live_backup_url: str = ""
    live_backup_key_id: str = ""  # that of the first where it is empty
    live_backup_secret_key: SecretStr = SecretStr("")
    live_codec: Literal["json", "msgpack"] = "msgpack"
    live_quote_lot: Annotated[int, Field(ge=1)] = 1  # shares; the tapes quote single ones since 2025-11-03
    live_silent_ms: Annotated[int, Field(ge=1)] = 2000  # then the backup takes over, if it has something to say
    live_stale_ms: Annotated[int, Field(ge=1)] = 30_000  # neither says anything: quotes leave the best bid and offer

    log_level: str = "INFO"

    @property
    def live_names(self) -> tuple[str, ...]:
        """Symbols that the live connector follows."""
        return tuple(dict.fromkeys(name for part in self.live_symbols.upper().split(",") if (name := part.strip())))

    @property
    def follows_live(self) -> bool:
        """Whether the live connector is one of the platform's processes."""
        return bool(self.live_key_id and self.live_names)

    @property
    def postgres_dsn(self) -> str:
        return (
            f"host={self.postgres_host} port={self.postgres_port} dbname={self.postgres_database} "
            f"user={self.postgres_user} password={self.postgres_password.get_secret_value()}"
        )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings: environment variables win over `stack.env`, which wins over the defaults.

    Raises SystemExit that names a variable which does not have a value that it may have.
    """
    home = Path(os.environ.get("TAPELINE_HOME", DEFAULT_HOME))
    try:
        return Settings(_env_file=home / "stack.env")  # type: ignore[call-arg]
    except ValidationError as error:
        wrong = error.errors()[0]
        variable = f"TAPELINE_{wrong['loc'][0]}".upper()
        problem = f"{variable} is {wrong['input']!r}: {wrong['msg'][:1].lower()}{wrong['msg'][1:]}."
        raise SystemExit(f"{problem}\nCorrect or unset {variable}.") from None


def settings_of(variables: Mapping[str, str]) -> Settings:
    """Settings from TAPELINE_* variables, whatever this process's own say."""
    named: dict[str, Any] = {name.removeprefix("TAPELINE_").lower(): value for name, value in variables.items()}
    return Settings(**named)
