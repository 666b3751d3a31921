-- Every table: a row a record (risk_checks: a row a check), with the record's place and its origin. A batch is inserted
-- under a deduplication token, so a repeated insert of the same batch is dropped; see sinks/clickhouse/store.py. Each insert is on disk before the
-- next batch is fixed, so that a power cut cannot lose rows that `batches` calls stored.

CREATE TABLE IF NOT EXISTS trades
(
    trade_id         String COMMENT 'symbol and sequence of the match (FIX 1003)',
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'sequence number of the symbol, shared by book events, trades and quotes',
    price_e4         Int64 COMMENT 'price, 1e-4 of the currency' CODEC(T64, ZSTD(1)),
    qty_e6           Int64 COMMENT 'quantity matched, 1e-6 of a share' CODEC(T64, ZSTD(1)),
    amount_e4        Int64 COMMENT 'floor(price x quantity), 1e-4 of the currency' CODEC(T64, ZSTD(1)),
    aggressor_side   LowCardinality(String) COMMENT 'side of the order that arrived (FIX 54)',
    maker_order_id   String COMMENT 'order that rested',
    taker_order_id   String COMMENT 'order that arrived',
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the match, microseconds' CODEC(Delta, ZSTD(1)),
    correlation_id   String COMMENT 'order id of the POST that caused it',
    record_partition Int32 COMMENT 'partition of topic trades' CODEC(Delta, ZSTD(1)),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, ZSTD(1)),
    origin_topic     LowCardinality(String) COMMENT 'topic of the command that caused it',
    origin_partition Int32 COMMENT 'partition of that command' CODEC(Delta, ZSTD(1)),
    origin_offset    Int64 COMMENT 'offset of that command' CODEC(Delta, ZSTD(1)),
    origin_index     Int32 COMMENT 'number among what that command caused, from 0' CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, seq)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'matches, a row a match';

CREATE TABLE IF NOT EXISTS quotes
(
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'sequence number of the symbol, shared by book events, trades and quotes',
    bid_price_e4     Nullable(Int64) COMMENT 'best bid, 1e-4 of the currency; null when there is none',
    bid_qty_e6       Int64 COMMENT 'quantity at the best bid, 1e-6 of a share' CODEC(T64, ZSTD(1)),
    ask_price_e4     Nullable(Int64) COMMENT 'best offer, 1e-4 of the currency; null when there is none',
    ask_qty_e6       Int64 COMMENT 'quantity at the best offer, 1e-6 of a share' CODEC(T64, ZSTD(1)),
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the change, microseconds' CODEC(Delta, ZSTD(1)),
    correlation_id   String COMMENT 'order id of the POST that caused it',
    record_partition Int32 COMMENT 'partition of topic quotes' CODEC(Delta, ZSTD(1)),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, ZSTD(1)),
    origin_topic     LowCardinality(String) COMMENT 'topic of the command that caused it',
    origin_partition Int32 COMMENT 'partition of that command' CODEC(Delta, ZSTD(1)),
    origin_offset    Int64 COMMENT 'offset of that command' CODEC(Delta, ZSTD(1)),
    origin_index     Int32 COMMENT 'number among what that command caused, from 0' CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, seq)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'best bid and offer after each command that changed it';

CREATE TABLE IF NOT EXISTS book_events
(
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'sequence number of the symbol, shared by book events, trades and quotes',
    kind             LowCardinality(String) COMMENT 'Add, Execute, Reduce, Delete or Amend',
    order_id         String COMMENT 'order (FIX 37)',
    new_order_id     Nullable(String) COMMENT 'on Amend, the id from now on',
    side             LowCardinality(String) COMMENT 'side of the order (FIX 54)',
    price_e4         Int64 COMMENT 'price, 1e-4 of the currency' CODEC(T64, ZSTD(1)),
    qty_e6           Int64 COMMENT 'quantity open after the event, 1e-6 of a share' CODEC(T64, ZSTD(1)),
    last_qty_e6      Nullable(Int64) COMMENT 'quantity executed or taken off, 1e-6 of a share',
    trade_id         Nullable(String) COMMENT 'symbol and sequence of the match (FIX 1003)',
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the change, microseconds' CODEC(Delta, ZSTD(1)),
    correlation_id   String COMMENT 'order id of the POST that caused it',
    record_partition Int32 COMMENT 'partition of topic book-events' CODEC(Delta, ZSTD(1)),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, ZSTD(1)),
    origin_topic     LowCardinality(String) COMMENT 'topic of the command that caused it',
    origin_partition Int32 COMMENT 'partition of that command' CODEC(Delta, ZSTD(1)),
    origin_offset    Int64 COMMENT 'offset of that command' CODEC(Delta, ZSTD(1)),
    origin_index     Int32 COMMENT 'number among what that command caused, from 0' CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, seq)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'changes of single resting orders; all of a symbol by seq rebuild its book';

CREATE TABLE IF NOT EXISTS risk_checks
(
    account_id       String COMMENT 'account of the order',
    user_id          String COMMENT 'owner of the account',
    order_id         String COMMENT 'order that was checked (FIX 37)',
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    exec_id          String COMMENT 'event that carried the checks (FIX 17)',
    exec_type        LowCardinality(String) COMMENT 'what was decided (FIX 150)',
    check_number     Int32 COMMENT 'place among the checks of the order, from 0',
    check_type       LowCardinality(String) COMMENT 'name of the rule',
    check_value      Int64 COMMENT 'value found, in the unit of the rule' CODEC(T64, ZSTD(1)),
    check_limit      Int64 COMMENT 'largest or smallest allowed value, in the unit of the rule' CODEC(T64, ZSTD(1)),
    headroom         Int64 COMMENT 'what was left below the limit, in the unit of the rule; negative when it failed' CODEC(T64, ZSTD(1)),
    status           LowCardinality(String) COMMENT 'passed or failed',
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the decision, microseconds' CODEC(Delta, ZSTD(1)),
    correlation_id   String COMMENT 'order id of the POST that caused it',
    record_partition Int32 COMMENT 'partition of topic order-events' CODEC(Delta, ZSTD(1)),
    record_offset    Int64 COMMENT 'offset in that partition' CODEC(Delta, ZSTD(1)),
    origin_topic     LowCardinality(String) COMMENT 'topic of the command that caused it',
    origin_partition Int32 COMMENT 'partition of that command' CODEC(Delta, ZSTD(1)),
    origin_offset    Int64 COMMENT 'offset of that command' CODEC(Delta, ZSTD(1)),
    origin_index     Int32 COMMENT 'number among what that command caused, from 0' CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (check_type, account_id, record_offset, check_number)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'every pre-trade check of every order, a row a check';

CREATE TABLE IF NOT EXISTS batches
(
    topic        LowCardinality(String) COMMENT 'topic of the batch',
    partition    Int32 COMMENT 'its partition',
    first_offset Int64 COMMENT 'first offset of the last batch',
    next_offset  Int64 COMMENT 'first offset after it',
    stored       UInt8 COMMENT '1 when all its rows are in the tables; 0 while that is not known',
    version      Int64 COMMENT 'next_offset x 2 + stored; the largest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (topic, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'the last batch of each source partition: fixed here before its rows are inserted';
