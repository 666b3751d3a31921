-- Call auctions of our books: what each would have given as it stood, and what it gave.

CREATE TABLE IF NOT EXISTS book_auctions
(
    symbol             LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    kind               LowCardinality(String) COMMENT 'Indicative: what it would give now; Extended: it goes on, out of range; Uncrossed: what it gave',
    phase              LowCardinality(String) COMMENT 'phase in which it was told (FIX 625)',
    price_e4           Nullable(Int64) COMMENT 'price of the auction, 1e-4 of the currency; null when nothing trades' CODEC(ZSTD(1)),
    paired_qty_e6      Int64 COMMENT 'quantity that trades at that price, 1e-6 of a share' CODEC(T64, ZSTD(1)),
    imbalance_qty_e6   Int64 COMMENT 'quantity at that price or better that finds nobody, 1e-6 of a share' CODEC(T64, ZSTD(1)),
    imbalance_side     LowCardinality(Nullable(String)) COMMENT 'side of that quantity, Buy or Sell; null when there is none',
    reference_price_e4 Int64 COMMENT 'price that decides where several are as good, 1e-4 of the currency' CODEC(T64, ZSTD(1)),
    transact_time      DateTime64(6, 'UTC') COMMENT 'time of the command that made the book tell it, microseconds' CODEC(Delta, ZSTD(1)),
    correlation_id     String COMMENT 'correlation id of the command',
    record_partition   Int32 COMMENT 'partition of topic auctions' CODEC(Delta, ZSTD(1)),
    record_offset      Int64 COMMENT 'offset in that partition' CODEC(Delta, ZSTD(1)),
    origin_topic       LowCardinality(String) COMMENT 'topic of the command that caused it',
    origin_partition   Int32 COMMENT 'partition of that command' CODEC(Delta, ZSTD(1)),
    origin_offset      Int64 COMMENT 'offset of that command' CODEC(Delta, ZSTD(1)),
    origin_index       Int32 COMMENT 'number among what that command caused, from 0' CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(transact_time)
ORDER BY (symbol, transact_time, record_partition, record_offset)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'call auctions, a row each time that one is told';

CREATE OR REPLACE VIEW book_auctions_view AS
SELECT
    symbol, kind, phase,
    toDecimal128(price_e4, 4) / 10000 AS price,
    toDecimal128(paired_qty_e6, 6) / 1000000 AS paired_quantity,
    toDecimal128(imbalance_qty_e6, 6) / 1000000 AS imbalance_quantity,
    imbalance_side,
    toDecimal128(reference_price_e4, 4) / 10000 AS reference_price,
    transact_time AS timestamp
FROM book_auctions;
