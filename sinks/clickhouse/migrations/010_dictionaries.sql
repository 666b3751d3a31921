-- Instruments and accounts by their key, for joins: dictGet('instruments', 'sector', symbol). Instruments come from the
-- topic, which keeps the last terms of each; accounts are Postgres' own. The servers and users are the named collections
-- of sinks/clickhouse/dictionaries.xml.

CREATE TABLE IF NOT EXISTS instrument_terms
(
    symbol             LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    name               String COMMENT 'name of the instrument for people',
    sector             LowCardinality(String) COMMENT 'sector of the economy by the operator\'s names; empty when not told',
    status             LowCardinality(String) COMMENT 'whether the instrument trades (FIX 965, FIX 326)',
    phase              LowCardinality(String) COMMENT 'phase of the book\'s day (FIX 625)',
    halt_reason        LowCardinality(Nullable(String)) COMMENT 'why trading is halted (FIX 327); null unless halted with a reason',
    tick_rule          LowCardinality(String) COMMENT 'which table of price increments applies (SEC Rule 612)',
    reference_price_e4 Int64 COMMENT 'price that collars use while there is no quote, 1e-4 of the currency',
    tier               Int64 COMMENT 'limit up-limit down tier, 1 or 2',
    version            Int64 COMMENT 'one up with each change',
    transact_time      DateTime64(6, 'UTC') COMMENT 'time of the change, microseconds',
    record_partition   Int32 COMMENT 'partition of topic instruments',
    record_offset      Int64 COMMENT 'offset in that partition',
    origin_topic       LowCardinality(String) COMMENT 'topic of the command that caused it',
    origin_partition   Int32 COMMENT 'partition of that command',
    origin_offset      Int64 COMMENT 'offset of that command',
    origin_index       Int32 COMMENT 'number among what that command caused, from 0'
)
ENGINE = ReplacingMergeTree(record_offset)
ORDER BY symbol
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'the last terms of each listed symbol; read with FINAL, or by the dictionary';

CREATE OR REPLACE VIEW instruments_view AS
SELECT
    symbol, name, sector, status, phase, halt_reason, tick_rule,
    toDecimal128(reference_price_e4, 4) / 10000 AS reference_price,
    tier, version, transact_time AS timestamp
FROM instrument_terms FINAL;

CREATE OR REPLACE VIEW instruments_source AS
SELECT symbol, name, sector, status, tick_rule, reference_price_e4, tier FROM instrument_terms FINAL;

CREATE OR REPLACE DICTIONARY instruments
(
    symbol             String,
    name               String,
    sector             String,
    status             String,
    tick_rule          String,
    reference_price_e4 Int64,
    tier               Int64
)
PRIMARY KEY symbol
SOURCE(CLICKHOUSE(NAME tapeline_clickhouse TABLE 'instruments_source'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 5 MAX 10)
COMMENT 'terms of each listed symbol, at most ten seconds old';

CREATE OR REPLACE DICTIONARY accounts
(
    account_id    String,
    user_id       String,
    account_class String
)
PRIMARY KEY account_id
SOURCE(POSTGRESQL(NAME tapeline_postgres SCHEMA 'identity' TABLE 'accounts'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 30 MAX 60)
COMMENT 'owner and class of each account, at most a minute old';
