-- Trades that were canceled (busted) or corrected after they had been printed. The rows of `book_trades` stay as they were
-- printed; book_trades_view shows what holds now and marks them.

CREATE TABLE IF NOT EXISTS book_trade_corrections
(
    trade_id         String COMMENT 'symbol and sequence of the match (FIX 1003)',
    symbol           LowCardinality(String) COMMENT 'instrument symbol (FIX 55)',
    seq              Int64 COMMENT 'sequence number of the symbol, shared by book events, trades and quotes',
    kind             LowCardinality(String) COMMENT 'TradeCancel or TradeCorrect (FIX 150)',
    price_e4         Int64 COMMENT 'price from here on, 1e-4 of the currency; of a canceled one that of before' CODEC(T64, ZSTD(1)),
    qty_e6           Int64 COMMENT 'quantity from here on, 1e-6 of a share; 0 when it is canceled' CODEC(T64, ZSTD(1)),
    amount_e4        Int64 COMMENT 'floor(price x quantity), 1e-4 of the currency' CODEC(T64, ZSTD(1)),
    traded_time      DateTime64(6, 'UTC') COMMENT 'time of the match, microseconds' CODEC(Delta, ZSTD(1)),
    transact_time    DateTime64(6, 'UTC') COMMENT 'time of the correction, microseconds' CODEC(Delta, ZSTD(1)),
    correlation_id   String COMMENT 'correlation id of the command',
    record_partition Int32 COMMENT 'partition of topic trade-corrections' CODEC(Delta, ZSTD(1)),
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
COMMENT 'trades canceled or corrected, a row a correction';

CREATE OR REPLACE VIEW book_trades_view AS
SELECT
    trade_id, symbol, seq, aggressor_side,
    toDecimal128(if(later.kind = '', price_e4, later.now_price_e4), 4) / 10000 AS price,
    toDecimal128(if(later.kind = '', qty_e6, later.now_qty_e6), 6) / 1000000 AS quantity,
    toDecimal128(if(later.kind = '', amount_e4, later.now_amount_e4), 4) / 10000 AS amount,
    price * quantity AS exact_amount,
    maker_order_id, taker_order_id, transact_time AS timestamp,
    multiIf(later.kind = 'TradeCancel', 'busted', later.kind = 'TradeCorrect', 'corrected', 'booked') AS status
FROM book_trades
LEFT JOIN
(
    SELECT
        trade_id,
        argMax(book_trade_corrections.kind, book_trade_corrections.seq) AS kind,
        argMax(book_trade_corrections.price_e4, book_trade_corrections.seq) AS now_price_e4,
        argMax(book_trade_corrections.qty_e6, book_trade_corrections.seq) AS now_qty_e6,
        argMax(book_trade_corrections.amount_e4, book_trade_corrections.seq) AS now_amount_e4
    FROM book_trade_corrections
    GROUP BY trade_id
) AS later USING (trade_id);
