-- Market data of every venue. A row a record, with the record's place in its topic and, where a fold made it, its origin.
-- Keys, partitions and codecs as measured (docs/decisions/0019). What is older than a day is
-- written anew with the stronger codec when parts are merged. Nothing is deleted by age: these tables outlive the log.

CREATE TABLE IF NOT EXISTS quotes
(
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    venue            LowCardinality(String) COMMENT 'market center: an ISO 10383 MIC or the letter of the tape',
    venue_seq        Nullable(Int64) COMMENT 'sequence number of the venue for the symbol; null where it gives none' CODEC(T64, Default),
    bid_price_e4     Nullable(Int64) COMMENT 'best bid, 1e-4 of the currency; null when there is none' CODEC(GCD, Default),
    bid_qty_e6       Int64 COMMENT 'quantity at the best bid, 1e-6 of a share' CODEC(GCD, Default),
    ask_price_e4     Nullable(Int64) COMMENT 'best offer, 1e-4 of the currency; null when there is none' CODEC(GCD, Default),
    ask_qty_e6       Int64 COMMENT 'quantity at the best offer, 1e-6 of a share' CODEC(GCD, Default),
    conditions       LowCardinality(String) COMMENT 'quote conditions as received; empty when regular',
    suspicious       Bool COMMENT 'the source marked it so',
    feed             LowCardinality(String) COMMENT 'name of the feed that brought it',
    feed_position    Int64 COMMENT 'place in the source of the feed' CODEC(DoubleDelta, Default),
    transact_time    DateTime64(6, 'UTC') COMMENT 'time at the venue, microseconds' CODEC(GCD, Delta, Default),
    receive_time     DateTime64(6, 'UTC') COMMENT 'time at which the feed had it, microseconds' CODEC(GCD, Delta, Default),
    record_partition Int32 COMMENT 'partition of topic market-data' CODEC(Delta, Default),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, Default)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, transact_time, record_offset)
TTL toDateTime(transact_time) + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'best bid and offer of each venue, a row a quote';

CREATE TABLE IF NOT EXISTS nbbo
(
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'consolidated sequence number of the symbol, one up for each record of its market' CODEC(Delta, Default),
    bid_price_e4     Nullable(Int64) COMMENT 'best bid, 1e-4 of the currency; null when there is none' CODEC(GCD, Default),
    bid_qty_e6       Int64 COMMENT 'quantity at the best bid, 1e-6 of a share' CODEC(GCD, Default),
    bid_venue        LowCardinality(String) COMMENT 'venue of the best bid; empty when there is none',
    ask_price_e4     Nullable(Int64) COMMENT 'best offer, 1e-4 of the currency; null when there is none' CODEC(GCD, Default),
    ask_qty_e6       Int64 COMMENT 'quantity at the best offer, 1e-6 of a share' CODEC(GCD, Default),
    ask_venue        LowCardinality(String) COMMENT 'venue of the best offer; empty when there is none',
    condition        LowCardinality(String) COMMENT 'how the two lie to each other: Regular, Locked, Crossed, OneSided or Empty',
    limit_state      LowCardinality(String) COMMENT 'how they lie to the price bands (limit up-limit down plan)',
    trading_state    LowCardinality(String) COMMENT 'whether the symbol trades (FIX 326)',
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the change, microseconds' CODEC(GCD, Delta, Default),
    receive_time     DateTime64(6, 'UTC') COMMENT 'time at which the feed had it, microseconds' CODEC(GCD, Delta, Default),
    record_partition Int32 COMMENT 'partition of topic nbbo' CODEC(Delta, Default),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, Default),
    origin_topic     LowCardinality(String) COMMENT 'topic of the record that caused it',
    origin_partition Int32 COMMENT 'partition of that record' CODEC(Delta, Default),
    origin_offset    Int64 COMMENT 'offset of that record' CODEC(Delta, Default),
    origin_index     Int32 COMMENT 'number among what that record caused, from 0' CODEC(T64, Default)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, transact_time, seq)
TTL toDateTime(transact_time) + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'national best bid and offer, a row a change';

CREATE TABLE IF NOT EXISTS trades
(
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'consolidated sequence number of the symbol, one up for each record of its market' CODEC(Delta, Default),
    trade_id         String COMMENT 'id that the venue gave the trade; empty where it gives none',
    print_seq        Int64 COMMENT 'number of the trade in the day of the symbol; a correction keeps it' CODEC(Delta, Default),
    revision         Int64 COMMENT '0 as first reported, one up with each correction' CODEC(T64, Default),
    is_canceled      Bool COMMENT 'the trade does not count any more',
    venue            LowCardinality(String) COMMENT 'market center: an ISO 10383 MIC or the letter of the tape',
    price_e4         Int64 COMMENT 'price, 1e-4 of the currency' CODEC(GCD, Default),
    qty_e6           Int64 COMMENT 'quantity, 1e-6 of a share' CODEC(GCD, Default),
    amount_e4        Int64 COMMENT 'floor(price x quantity), 1e-4 of the currency' CODEC(GCD, Default),
    conditions       LowCardinality(String) COMMENT 'sale conditions as received, a character each',
    aggressor_side   LowCardinality(Nullable(String)) COMMENT 'side that took liquidity, where it is known (FIX 54)',
    updates_last     Bool COMMENT 'it is the last sale',
    updates_high_low Bool COMMENT 'it counts for open, high and low',
    updates_volume   Bool COMMENT 'it counts for volume',
    is_late          Bool COMMENT 'its time is before that of an earlier one',
    bid_price_e4     Nullable(Int64) COMMENT 'best bid when it came, 1e-4 of the currency' CODEC(GCD, Default),
    ask_price_e4     Nullable(Int64) COMMENT 'best offer when it came, 1e-4 of the currency' CODEC(GCD, Default),
    is_trade_through Bool COMMENT 'worse than the best bid or offer when it came, in regular hours',
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the trade, microseconds' CODEC(GCD, Delta, Default),
    receive_time     DateTime64(6, 'UTC') COMMENT 'time at which the feed had it, microseconds' CODEC(GCD, Delta, Default),
    record_partition Int32 COMMENT 'partition of topic prints' CODEC(Delta, Default),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, Default),
    origin_topic     LowCardinality(String) COMMENT 'topic of the record that caused it',
    origin_partition Int32 COMMENT 'partition of that record' CODEC(Delta, Default),
    origin_offset    Int64 COMMENT 'offset of that record' CODEC(Delta, Default),
    origin_index     Int32 COMMENT 'number among what that record caused, from 0' CODEC(T64, Default)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, transact_time, seq)
TTL toDateTime(transact_time) + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'trades of every venue, a row a report; a correction is a row of its own';

CREATE TABLE IF NOT EXISTS bars
(
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'consolidated sequence number of the symbol, one up for each record of its market' CODEC(Delta, Default),
    interval_us      Int64 COMMENT 'length, microseconds' CODEC(T64, Default),
    start_time       DateTime64(6, 'UTC') COMMENT 'begin, microseconds' CODEC(GCD, Delta, Default),
    open_e4          Int64 COMMENT 'first eligible price, 1e-4 of the currency' CODEC(GCD, Default),
    high_e4          Int64 COMMENT 'highest eligible price, 1e-4 of the currency' CODEC(GCD, Default),
    low_e4           Int64 COMMENT 'lowest eligible price, 1e-4 of the currency' CODEC(GCD, Default),
    close_e4         Int64 COMMENT 'last eligible price, 1e-4 of the currency' CODEC(GCD, Default),
    qty_e6           Int64 COMMENT 'volume, 1e-6 of a share' CODEC(GCD, Default),
    amount_e4        Int64 COMMENT 'sum of floor(price x quantity), 1e-4 of the currency' CODEC(GCD, Default),
    vwap_e4          Int64 COMMENT 'floor(amount / volume), 1e-4 of the currency' CODEC(GCD, Default),
    trade_count      Int64 COMMENT 'trades in it; 0 when all were canceled' CODEC(T64, Default),
    revision         Int64 COMMENT '0 as first published, one up with each change' CODEC(T64, Default),
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the event that ended or changed it, microseconds' CODEC(GCD, Delta, Default),
    receive_time     DateTime64(6, 'UTC') COMMENT 'time at which the feed had it, microseconds' CODEC(GCD, Delta, Default),
    record_partition Int32 COMMENT 'partition of topic bars' CODEC(Delta, Default),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, Default),
    origin_topic     LowCardinality(String) COMMENT 'topic of the record that caused it',
    origin_partition Int32 COMMENT 'partition of that record' CODEC(Delta, Default),
    origin_offset    Int64 COMMENT 'offset of that record' CODEC(Delta, Default),
    origin_index     Int32 COMMENT 'number among what that record caused, from 0' CODEC(T64, Default)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, interval_us, start_time, revision)
TTL toDateTime(transact_time) + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'bars of a second and a minute, a row a revision';

CREATE TABLE IF NOT EXISTS trading_status
(
    symbol             LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq                Int64 COMMENT 'consolidated sequence number of the symbol, one up for each record of its market' CODEC(Delta, Default),
    trading_state      LowCardinality(String) COMMENT 'whether the symbol trades over all venues (FIX 326)',
    limit_state        LowCardinality(String) COMMENT 'how best bid and offer lie to the price bands',
    reason             LowCardinality(String) COMMENT 'code or what changed',
    venue              LowCardinality(String) COMMENT 'venue that it concerns; empty for all',
    reference_price_e4 Nullable(Int64) COMMENT 'price that the bands are around, 1e-4 of the currency; null without bands' CODEC(GCD, Default),
    lower_price_e4     Nullable(Int64) COMMENT 'lower price band, 1e-4 of the currency' CODEC(GCD, Default),
    upper_price_e4     Nullable(Int64) COMMENT 'upper price band, 1e-4 of the currency' CODEC(GCD, Default),
    transact_time      DateTime64(6, 'UTC') COMMENT 'time of the change, microseconds' CODEC(GCD, Delta, Default),
    receive_time       DateTime64(6, 'UTC') COMMENT 'time at which the feed had it, microseconds' CODEC(GCD, Delta, Default),
    record_partition   Int32 COMMENT 'partition of topic trading-status' CODEC(Delta, Default),
    record_offset      Int64 COMMENT 'offset in that partition' CODEC(Delta, Default),
    origin_topic       LowCardinality(String) COMMENT 'topic of the record that caused it',
    origin_partition   Int32 COMMENT 'partition of that record' CODEC(Delta, Default),
    origin_offset      Int64 COMMENT 'offset of that record' CODEC(Delta, Default),
    origin_index       Int32 COMMENT 'number among what that record caused, from 0' CODEC(T64, Default)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, transact_time, seq)
TTL toDateTime(transact_time) + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6))
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'halts, pauses, resumptions and price bands, a row a change';
