-- Topic order-events: trades that were canceled (busted) or corrected after they had been booked, a row a side and time.
-- The rows of projection.trades stay as they were booked; public.trades shows what holds now.
CREATE TABLE projection.trade_corrections (
    trade_id           text   NOT NULL,
    exec_id            text   NOT NULL,
    exec_ref_id        text   NOT NULL,
    order_id           text   NOT NULL REFERENCES projection.orders,
    account_id         text   NOT NULL,
    user_id            text   NOT NULL,
    account_seq        bigint NOT NULL,
    exec_type          text   NOT NULL CHECK (exec_type IN ('TradeCancel', 'TradeCorrect')),
    symbol             text   NOT NULL,
    side               text   NOT NULL,
    execution_price_e4 bigint NOT NULL,
    execution_qty_e6   bigint NOT NULL,
    amount_e4          bigint NOT NULL,
    fee_e4             bigint NOT NULL,
    text               text   NOT NULL,
    corrected_at       timestamptz NOT NULL,
    record_partition   integer NOT NULL,
    record_offset      bigint  NOT NULL,
    origin_topic       text    NOT NULL,
    origin_partition   integer NOT NULL,
    origin_offset      bigint  NOT NULL,
    origin_index       integer NOT NULL,
    CONSTRAINT trade_corrections_origin UNIQUE (origin_offset, origin_index, origin_partition, origin_topic)
);
CREATE INDEX trade_corrections_trade ON projection.trade_corrections (trade_id, exec_ref_id, account_seq);
COMMENT ON COLUMN projection.trade_corrections.exec_ref_id IS 'the execution that booked the trade (FIX 19): trades.exec_id';
COMMENT ON COLUMN projection.trade_corrections.execution_price_e4 IS
    'what the trade is from here on, like quantity, amount and fee; of one that is canceled what it was';
COMMENT ON COLUMN projection.trade_corrections.order_id IS 'id in force of the chain; trades.order_id may be an earlier one';

CREATE OR REPLACE VIEW public.trades AS
SELECT
    trades.trade_id, trades.order_id, trades.account_id, trades.user_id, trades.symbol, trades.side, liquidity,
    round(coalesce(now.execution_price_e4, trades.execution_price_e4) / 1e4, 4) AS execution_price,
    round(coalesce(now.execution_qty_e6, trades.execution_qty_e6) / 1e6, 6) AS execution_quantity,
    round(coalesce(now.amount_e4, trades.amount_e4) / 1e4, 4) AS amount,
    round(coalesce(now.fee_e4, trades.fee_e4) / 1e4, 4) AS fee,
    settlement_date,
    executed_at AS "timestamp",
    CASE now.exec_type WHEN 'TradeCancel' THEN 'busted' WHEN 'TradeCorrect' THEN 'corrected' ELSE 'booked' END AS status,
    now.corrected_at
FROM projection.trades AS trades
LEFT JOIN LATERAL (
    SELECT * FROM projection.trade_corrections AS corrected
    WHERE corrected.trade_id = trades.trade_id AND corrected.exec_ref_id = trades.exec_id
    ORDER BY corrected.account_seq DESC LIMIT 1
) AS now ON true;
