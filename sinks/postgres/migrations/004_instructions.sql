-- What few orders ask beyond price, quantity and time, and the mark of a trailing stop. Null in all of them: a plain
-- order, or one from before there were instructions.
ALTER TABLE projection.orders
    ADD COLUMN display_qty_e6     bigint,
    ADD COLUMN min_qty_e6         bigint,
    ADD COLUMN cash_qty_e4        bigint,
    ADD COLUMN trail_offset_e4    bigint,
    ADD COLUMN trail_percent_e4   bigint,
    ADD COLUMN trigger_price_type text,
    ADD COLUMN reprice            boolean,
    ADD COLUMN reduce_only        boolean,
    ADD COLUMN self_match_scope   text,
    ADD COLUMN high_water_e4      bigint;
COMMENT ON COLUMN projection.orders.qty_e6 IS 'total; 0 for an order of an amount until the book has fixed it';
COMMENT ON COLUMN projection.orders.limit_price_e4 IS 'in force now: the book may give a post-only order another one';
COMMENT ON COLUMN projection.orders.stop_price_e4 IS 'in force now: that of a trailing stop follows its mark';
COMMENT ON COLUMN projection.orders.display_qty_e6 IS 'most that is shown at a time; 0: hidden; null: all';
COMMENT ON COLUMN projection.orders.cash_qty_e4 IS 'amount that the order is for, null for one of a quantity';
COMMENT ON COLUMN projection.orders.trail_percent_e4 IS '1e-4 of a percent of the mark: 15000 is 1.5 %';
COMMENT ON COLUMN projection.orders.high_water_e4 IS 'best price that a trailing stop has seen';

-- An order of an amount has no quantity yet when its item is written.
ALTER TABLE projection.order_items ALTER COLUMN qty_e6 DROP NOT NULL;

CREATE OR REPLACE VIEW public.orders AS
SELECT
    order_id, user_id, account_id, client_order_id, symbol, side, order_type, time_in_force, status,
    round(limit_price_e4 / 1e4, 4) AS price,
    round(stop_price_e4 / 1e4, 4) AS stop_price,
    CASE WHEN qty_e6 > 0 OR cash_qty_e4 IS NULL THEN round(qty_e6 / 1e6, 6) END AS quantity,
    round(cum_qty_e6 / 1e6, 6) AS filled_quantity,
    round(cum_amount_e4 * 1e2 / nullif(cum_qty_e6, 0), 4) AS average_price,
    replaces, replaced_by, order_reject_reason, text,
    created_at, updated_at, filled_at, canceled_at, expired_at, failed_at, replaced_at,
    round(cash_qty_e4 / 1e4, 4) AS notional,
    round(display_qty_e6 / 1e6, 6) AS display_quantity,
    round(min_qty_e6 / 1e6, 6) AS minimum_quantity,
    round(trail_offset_e4 / 1e4, 4) AS trail_price,
    round(trail_percent_e4 / 1e4, 4) AS trail_percent,
    round(high_water_e4 / 1e4, 4) AS high_water_mark,
    trigger_price_type, reprice, reduce_only, self_match_scope
FROM projection.orders;
