-- How orders hang together (FIX 1385), and of a leg the first id of the order that it came with. Null: by itself.
ALTER TABLE projection.orders
    ADD COLUMN contingency_type text,
    ADD COLUMN parent_order_id  text;
CREATE INDEX orders_legs ON projection.orders (parent_order_id) WHERE parent_order_id IS NOT NULL;
CREATE INDEX orders_with_legs ON projection.orders (root_order_id) WHERE contingency_type IS NOT NULL;
COMMENT ON COLUMN projection.orders.contingency_type IS 'Bracket, OneTriggersTheOther (OTO), OneUpdatesTheOther (OCO)';
COMMENT ON COLUMN projection.orders.parent_order_id IS 'of a leg: first id of the order that it was submitted with';
COMMENT ON COLUMN projection.orders.hold_qty_e6 IS 'legs of one order share a hold: it is that of the first open one';
COMMENT ON COLUMN projection.order_items.leg IS '1: the order itself; 2 and 3: its legs, each an order of its own too';
