-- For people: prices and quantities as decimals. Price x quantity exceeds 64 bits, hence Decimal128.

CREATE OR REPLACE VIEW book_trades_view AS
SELECT
    trade_id, symbol, seq, aggressor_side,
    toDecimal128(price_e4, 4) / 10000 AS price,
    toDecimal128(qty_e6, 6) / 1000000 AS quantity,
    toDecimal128(amount_e4, 4) / 10000 AS amount,
    price * quantity AS exact_amount,
    maker_order_id, taker_order_id, transact_time AS timestamp
FROM book_trades;

CREATE OR REPLACE VIEW book_quotes_view AS
SELECT
    symbol, seq,
    toDecimal128(bid_price_e4, 4) / 10000 AS bid_price,
    toDecimal128(bid_qty_e6, 6) / 1000000 AS bid_quantity,
    toDecimal128(ask_price_e4, 4) / 10000 AS ask_price,
    toDecimal128(ask_qty_e6, 6) / 1000000 AS ask_quantity,
    transact_time AS timestamp
FROM book_quotes;

CREATE OR REPLACE VIEW quotes_view AS
SELECT
    symbol, venue,
    toDecimal128(bid_price_e4, 4) / 10000 AS bid_price,
    toDecimal128(bid_qty_e6, 6) / 1000000 AS bid_quantity,
    toDecimal128(ask_price_e4, 4) / 10000 AS ask_price,
    toDecimal128(ask_qty_e6, 6) / 1000000 AS ask_quantity,
    conditions, suspicious, feed, transact_time AS timestamp
FROM quotes;

CREATE OR REPLACE VIEW nbbo_view AS
SELECT
    symbol, seq,
    toDecimal128(bid_price_e4, 4) / 10000 AS bid_price,
    toDecimal128(bid_qty_e6, 6) / 1000000 AS bid_quantity,
    bid_venue,
    toDecimal128(ask_price_e4, 4) / 10000 AS ask_price,
    toDecimal128(ask_qty_e6, 6) / 1000000 AS ask_quantity,
    ask_venue, condition, limit_state, trading_state, transact_time AS timestamp
FROM nbbo;

-- Trades as they count now: each in its latest revision, none that was canceled. Corrections are few, so the set of
-- those that a later revision has replaced is small.
CREATE OR REPLACE VIEW trades_view AS
SELECT
    symbol, seq, trade_id, print_seq, revision, venue,
    toDecimal128(price_e4, 4) / 10000 AS price,
    toDecimal128(qty_e6, 6) / 1000000 AS quantity,
    toDecimal128(amount_e4, 4) / 10000 AS amount,
    price * quantity AS exact_amount,
    conditions, aggressor_side, updates_last, updates_high_low, updates_volume, is_late,
    toDecimal128(bid_price_e4, 4) / 10000 AS bid_price,
    toDecimal128(ask_price_e4, 4) / 10000 AS ask_price,
    is_trade_through, transact_time AS timestamp
FROM trades
WHERE NOT is_canceled
    AND (symbol, toDate(transact_time, 'America/New_York'), print_seq, revision) NOT IN
    (
        SELECT symbol, toDate(transact_time, 'America/New_York'), print_seq, revision - 1 FROM trades WHERE revision > 0
    );

CREATE OR REPLACE VIEW market_data AS
SELECT
    concat(symbol, '-', toString(seq)) AS data_id, symbol, price, bid_price, ask_price, quantity AS volume, timestamp
FROM trades_view;

-- Bars of every length in their latest revision. A bar without a price left is none. Filter by timeframe, symbol and
-- start_time: `1s`, `1m`, `5m`, `15m`, `1h`, `1d`.
CREATE OR REPLACE VIEW bars_view AS
SELECT
    timeframe, symbol, start_time AS timestamp,
    toDecimal128(priced[1].2.open_e4, 4) / 10000 AS open,
    toDecimal128(arrayMax(bar -> bar.2.high_e4, priced), 4) / 10000 AS high,
    toDecimal128(arrayMin(bar -> bar.2.low_e4, priced), 4) / 10000 AS low,
    toDecimal128(priced[-1].2.close_e4, 4) / 10000 AS close,
    toDecimal128(arraySum(bar -> bar.2.qty_e6, traded) AS qty_e6, 6) / 1000000 AS volume,
    toDecimal128(arraySum(bar -> bar.2.amount_e4, traded) AS amount_e4, 4) / 10000 AS amount,
    toDecimal128(intDivOrZero(toInt128(amount_e4) * 1000000, qty_e6), 4) / 10000 AS vwap,
    arraySum(bar -> bar.2.trade_count, traded) AS trade_count
FROM
(
    SELECT
        timeframe, symbol, start_time,
        arraySort(bar -> bar.1, CAST(minutes, 'Array(Tuple(DateTime(\'UTC\'), Tuple(revision Int64, open_e4 Int64, high_e4 Int64, low_e4 Int64, close_e4 Int64, qty_e6 Int64, amount_e4 Int64, trade_count Int64)))')) AS bars,
        arrayFilter(bar -> bar.2.trade_count > 0, bars) AS traded,
        arrayFilter(bar -> bar.2.open_e4 > 0, bars) AS priced
    FROM
    (
        SELECT '1s' AS timeframe, symbol, start_time, map(start_time, latest) AS minutes FROM bars_1s FINAL
        UNION ALL SELECT '1m', symbol, start_time, map(start_time, latest) FROM bars_1m FINAL
        UNION ALL SELECT '5m', symbol, start_time, minutes FROM bars_5m FINAL
        UNION ALL SELECT '15m', symbol, start_time, minutes FROM bars_15m FINAL
        UNION ALL SELECT '1h', symbol, start_time, minutes FROM bars_1h FINAL
        UNION ALL SELECT '1d', symbol, start_time, minutes FROM bars_1d FINAL
    )
)
WHERE notEmpty(priced) AND notEmpty(traded);
