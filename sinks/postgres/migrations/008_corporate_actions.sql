-- What operators enter of instruments: primary data, which nothing in the log can rebuild. Prices and quantities of the
-- past are adjusted by it when they are asked for, never where they are stored.
CREATE SCHEMA reference;

CREATE TABLE reference.corporate_actions (
    symbol      text        NOT NULL,
    ex_date     date        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('Split', 'CashDividend')),
    new_rate_e6 bigint      CHECK (new_rate_e6 > 0),
    old_rate_e6 bigint      CHECK (old_rate_e6 > 0),
    cash_e6     bigint      CHECK (cash_e6 > 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (symbol, ex_date, kind),
    CHECK ((new_rate_e6 IS NOT NULL) = (kind = 'Split') AND (old_rate_e6 IS NOT NULL) = (kind = 'Split')),
    CHECK ((cash_e6 IS NOT NULL) = (kind = 'CashDividend'))
);
COMMENT ON TABLE reference.corporate_actions IS 'splits and cash dividends, a row each';
COMMENT ON COLUMN reference.corporate_actions.symbol IS 'instrument symbol (FIX 55)';
COMMENT ON COLUMN reference.corporate_actions.ex_date IS 'first day of New York that trades without it (FIX 230)';
COMMENT ON COLUMN reference.corporate_actions.new_rate_e6 IS 'of a split: shares after it for old_rate_e6 before it, 1e-6';
COMMENT ON COLUMN reference.corporate_actions.cash_e6 IS
    'of a dividend: 1e-6 of the currency for a share as it was on the day before';
