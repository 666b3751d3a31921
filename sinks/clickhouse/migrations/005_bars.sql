-- Bars from a second to a day, each made of the one before as records come in. A bar is corrected by its next revision,
-- and neither a sum nor a highest price can be taken back. So what is aggregated is the largest revision of each
-- minute, and a longer bar keeps its minutes: any order and any repetition of inserts gives the same bar. Tuples
-- compare by their first element, which is the revision. Prices are 1e-4 of the currency, quantities 1e-6 of a share.

CREATE TABLE IF NOT EXISTS bars_1s
(
    symbol     LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    start_time DateTime('UTC') COMMENT 'begin, seconds' CODEC(Delta, Default),
    latest     SimpleAggregateFunction(max, Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64)) COMMENT 'the bar in its latest revision'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (symbol, start_time)
TTL start_time + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of a second; read with FINAL';

CREATE TABLE IF NOT EXISTS bars_1m
(
    symbol     LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    start_time DateTime('UTC') COMMENT 'begin, seconds' CODEC(Delta, Default),
    latest     SimpleAggregateFunction(max, Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64)) COMMENT 'the bar in its latest revision'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (symbol, start_time)
TTL start_time + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of a minute; read with FINAL';

CREATE TABLE IF NOT EXISTS bars_5m
(
    symbol     LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    start_time DateTime('UTC') COMMENT 'begin, seconds' CODEC(Delta, Default),
    minutes    SimpleAggregateFunction(maxMap, Map(DateTime('UTC'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64))) COMMENT 'its minutes with trades by their begin, each in its latest revision'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (symbol, start_time)
TTL start_time + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of five minutes; read with FINAL, or as numbers from bars_view';

CREATE TABLE IF NOT EXISTS bars_15m
(
    symbol     LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    start_time DateTime('UTC') COMMENT 'begin, seconds' CODEC(Delta, Default),
    minutes    SimpleAggregateFunction(maxMap, Map(DateTime('UTC'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64))) COMMENT 'its minutes with trades by their begin, each in its latest revision'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (symbol, start_time)
TTL start_time + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of fifteen minutes; read with FINAL, or as numbers from bars_view';

CREATE TABLE IF NOT EXISTS bars_1h
(
    symbol     LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    start_time DateTime('UTC') COMMENT 'begin, seconds' CODEC(Delta, Default),
    minutes    SimpleAggregateFunction(maxMap, Map(DateTime('UTC'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64))) COMMENT 'its minutes with trades by their begin, each in its latest revision'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (symbol, start_time)
TTL start_time + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of an hour; read with FINAL, or as numbers from bars_view';

CREATE TABLE IF NOT EXISTS bars_1d
(
    symbol     LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    start_time DateTime('UTC') COMMENT 'begin, seconds' CODEC(Delta, Default),
    minutes    SimpleAggregateFunction(maxMap, Map(DateTime('UTC'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64))) COMMENT 'its minutes with trades by their begin, each in its latest revision'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (symbol, start_time)
TTL start_time + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of a day of New York; read with FINAL, or as numbers from bars_view';

CREATE MATERIALIZED VIEW IF NOT EXISTS bars_1s_from_bars TO bars_1s AS
SELECT symbol, toDateTime(start_time, 'UTC') AS start_time,
    tuple(revision, open_e4, high_e4, low_e4, close_e4, qty_e6, amount_e4, trade_count) AS latest
FROM bars
WHERE interval_us = 1000000;

CREATE MATERIALIZED VIEW IF NOT EXISTS bars_1m_from_bars TO bars_1m AS
SELECT symbol, toDateTime(start_time, 'UTC') AS start_time,
    tuple(revision, open_e4, high_e4, low_e4, close_e4, qty_e6, amount_e4, trade_count) AS latest
FROM bars
WHERE interval_us = 60000000;

CREATE MATERIALIZED VIEW IF NOT EXISTS bars_5m_from_bars_1m TO bars_5m AS
SELECT symbol, toStartOfInterval(bars_1m.start_time, INTERVAL 5 MINUTE) AS start_time, maxMap(map(bars_1m.start_time, latest)) AS minutes
FROM bars_1m
GROUP BY symbol, start_time;

CREATE MATERIALIZED VIEW IF NOT EXISTS bars_15m_from_bars_5m TO bars_15m AS
SELECT symbol, toStartOfInterval(bars_5m.start_time, INTERVAL 15 MINUTE) AS start_time, maxMap(bars_5m.minutes) AS minutes
FROM bars_5m
GROUP BY symbol, start_time;

CREATE MATERIALIZED VIEW IF NOT EXISTS bars_1h_from_bars_15m TO bars_1h AS
SELECT symbol, toStartOfHour(bars_15m.start_time) AS start_time, maxMap(bars_15m.minutes) AS minutes
FROM bars_15m
GROUP BY symbol, start_time;

CREATE MATERIALIZED VIEW IF NOT EXISTS bars_1d_from_bars_1h TO bars_1d AS
SELECT symbol, toStartOfDay(toTimeZone(bars_1h.start_time, 'America/New_York')) AS start_time, maxMap(bars_1h.minutes) AS minutes
FROM bars_1h
GROUP BY symbol, start_time;

