-- For people: prices and quantities as decimals. Price x quantity exceeds 64 bits, hence Decimal128.

CREATE VIEW IF NOT EXISTS trades_view AS
SELECT
    trade_id, symbol, seq, aggressor_side,
    toDecimal128(price_e4, 4) / 10000 AS price,
    toDecimal128(qty_e6, 6) / 1000000 AS quantity,
    toDecimal128(amount_e4, 4) / 10000 AS amount,
    price * quantity AS exact_amount,
    maker_order_id, taker_order_id, transact_time AS timestamp
FROM trades;

CREATE VIEW IF NOT EXISTS quotes_view AS
SELECT
    symbol, seq,
    toDecimal128(bid_price_e4, 4) / 10000 AS bid_price,
    toDecimal128(bid_qty_e6, 6) / 1000000 AS bid_quantity,
    toDecimal128(ask_price_e4, 4) / 10000 AS ask_price,
    toDecimal128(ask_qty_e6, 6) / 1000000 AS ask_quantity,
    transact_time AS timestamp
FROM quotes;

CREATE VIEW IF NOT EXISTS book_events_view AS
SELECT
    symbol, seq, kind, order_id, new_order_id, side,
    toDecimal128(price_e4, 4) / 10000 AS price,
    toDecimal128(qty_e6, 6) / 1000000 AS quantity,
    toDecimal128(last_qty_e6, 6) / 1000000 AS last_quantity,
    trade_id, transact_time AS timestamp
FROM book_events;

CREATE VIEW IF NOT EXISTS risk_checks_view AS
SELECT
    concat(exec_id, '/', toString(check_number)) AS check_id,
    user_id, account_id, order_id, symbol, check_type, check_value, check_limit, headroom, status,
    transact_time AS created_at
FROM risk_checks;
