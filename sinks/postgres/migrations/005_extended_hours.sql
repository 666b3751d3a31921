-- Whether an order trades before the opening and after the close too. Null: it does not.
ALTER TABLE projection.orders ADD COLUMN extended_hours boolean;
COMMENT ON COLUMN projection.orders.extended_hours IS 'trades before the opening and after the close too';
