-- A correction repeats the trade's own time. By it a corrected trade is told from one with the same number: numbers begin
-- anew with each day of a market, and such a day need not be one of New York.
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
    AND (symbol, transact_time, print_seq, revision) NOT IN
    (
        SELECT symbol, transact_time, print_seq, revision - 1 FROM trades WHERE revision > 0
    );
