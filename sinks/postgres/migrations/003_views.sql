-- For people: the tables under their plain names, money and quantities as decimals. Programs read schema projection.
CREATE VIEW public.orders AS
SELECT
    order_id, user_id, account_id, client_order_id, symbol, side, order_type, time_in_force, status,
    round(limit_price_e4 / 1e4, 4) AS price,
    round(stop_price_e4 / 1e4, 4) AS stop_price,
    round(qty_e6 / 1e6, 6) AS quantity,
    round(cum_qty_e6 / 1e6, 6) AS filled_quantity,
    round(cum_amount_e4 * 1e2 / nullif(cum_qty_e6, 0), 4) AS average_price,
    replaces, replaced_by, order_reject_reason, text,
    created_at, updated_at, filled_at, canceled_at, expired_at, failed_at, replaced_at
FROM projection.orders;

CREATE VIEW public.order_items AS
SELECT
    order_item_id, order_id, symbol, instrument_type, side,
    round(price_e4 / 1e4, 4) AS price,
    round(qty_e6 / 1e6, 6) AS quantity
FROM projection.order_items;

CREATE VIEW public.trades AS
SELECT
    trade_id, order_id, account_id, user_id, symbol, side, liquidity,
    round(execution_price_e4 / 1e4, 4) AS execution_price,
    round(execution_qty_e6 / 1e6, 6) AS execution_quantity,
    round(amount_e4 / 1e4, 4) AS amount,
    round(fee_e4 / 1e4, 4) AS fee,
    settlement_date,
    executed_at AS "timestamp"
FROM projection.trades;

CREATE VIEW public.risk_checks AS
SELECT check_id, user_id, account_id, order_id, check_type, check_value, check_limit, headroom, status, created_at
FROM projection.risk_checks;

CREATE VIEW public.ledger_entries AS
SELECT
    journal_id, posting_number, account_id, user_id, kind, ledger_account, asset,
    CASE WHEN asset = 'USD' THEN round(amount / 1e4, 4) ELSE round(amount / 1e6, 6) END AS amount,
    transfer_id, order_id, trade_id, symbol, settlement_date, text, created_at
FROM projection.ledger_entries;

CREATE VIEW public.positions AS
SELECT
    account_id, user_id, symbol,
    round(qty_e6 / 1e6, 6) AS quantity,
    round(cost_basis_e4 / 1e4, 4) AS cost_basis,
    round(realized_e4 / 1e4, 4) AS realized_profit,
    updated_at
FROM projection.positions
WHERE qty_e6 <> 0;

CREATE VIEW public.balances AS
SELECT
    account.account_id, account.user_id, account.status,
    round(coalesce(balance.cash_e4, 0) / 1e4, 4) AS cash,
    round(coalesce(balance.unsettled_e4, 0) / 1e4, 4) AS unsettled,
    round((coalesce(balance.cash_e4, 0) - coalesce(open_orders.hold_e4, 0)) / 1e4, 4) AS buying_power,
    coalesce(balance.updated_at, account.updated_at) AS updated_at
FROM projection.accounts AS account
LEFT JOIN projection.balances AS balance USING (account_id)
LEFT JOIN LATERAL (
    SELECT sum(hold_e4) AS hold_e4 FROM projection.orders
    WHERE orders.account_id = account.account_id AND is_open
) AS open_orders ON true;
