-- What the sink writes refers to orders that it has written before, in the same order as the log; `tapeline verify` holds
-- every row against the log. So the relations are declared, for people and tools, and not looked up for each row: that
-- took a lookup, a lock and its log record a row.
ALTER TABLE projection.order_items ALTER CONSTRAINT order_items_order_id_fkey NOT ENFORCED;
ALTER TABLE projection.trades ALTER CONSTRAINT trades_order_id_fkey NOT ENFORCED;
ALTER TABLE projection.risk_checks ALTER CONSTRAINT risk_checks_order_id_fkey NOT ENFORCED;
ALTER TABLE projection.trade_corrections ALTER CONSTRAINT trade_corrections_order_id_fkey NOT ENFORCED;
