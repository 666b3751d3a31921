-- What the folds said, by way of the topics `order-events` and `ledger`. Written by the sink alone; may be emptied and
-- filled again from the log (`python -m sinks rebuild postgres`), so nothing here refers to identity.
--
-- Units: *_e4 is 1e-4 of the currency, *_e6 is 1e-6 of a share, both exact integers; the views of schema public show
-- them as decimals. Enumerations are FIX names as on the wire.
--
-- Every row tells where it comes from: (record_partition, record_offset) is the record of the table's topic, and the
-- origin columns name the command that caused that record and the record's index among what the command caused.
CREATE SCHEMA projection;

-- How far the sink has come, stored with the rows: "offset" is the last one passed, transaction markers included.
CREATE TABLE projection.offsets (
    topic      text    NOT NULL,
    partition  integer NOT NULL,
    "offset"   bigint  NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE projection.offsets IS 'each change is also sent on channel projection_offsets as topic/partition/offset';

-- Topic order-events: everything that happened to orders, each as its whole record.
CREATE TABLE projection.executions (
    record_name      text   NOT NULL,
    account_id       text   NOT NULL,
    user_id          text,
    account_seq      bigint,
    exec_id          text,
    exec_type        text,
    order_status     text,
    order_id         text   NOT NULL,
    root_order_id    text,
    symbol           text,
    event            bytea  NOT NULL,
    correlation_id   text   NOT NULL,
    transact_at      timestamptz NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL,
    CONSTRAINT executions_origin UNIQUE (origin_offset, origin_index, origin_partition, origin_topic)
);
CREATE UNIQUE INDEX executions_account ON projection.executions (account_id, record_offset);
COMMENT ON TABLE projection.executions IS 'topic order-events, a row a record: OrderEvent (35=8) or OrderCancelReject (35=9)';
COMMENT ON COLUMN projection.executions.event IS 'the record as on the topic: Confluent frame and Avro body';
COMMENT ON COLUMN projection.executions.account_seq IS 'null, like exec_id, exec_type and order_status, on an OrderCancelReject';

-- Topic order-events: each order as it is now.
CREATE TABLE projection.orders (
    order_id              text PRIMARY KEY,
    root_order_id         text    NOT NULL,
    account_id            text    NOT NULL,
    user_id               text    NOT NULL,
    client_order_id       text    NOT NULL,
    symbol                text    NOT NULL,
    side                  text    NOT NULL,
    order_type            text    NOT NULL,
    time_in_force         text    NOT NULL,
    status                text    NOT NULL,
    is_open               boolean NOT NULL,
    qty_e6                bigint  NOT NULL,
    limit_price_e4        bigint,
    stop_price_e4         bigint,
    worst_price_e4        bigint,
    expire_at             timestamptz,
    post_only             boolean NOT NULL,
    self_match_prevention text    NOT NULL,
    cum_qty_e6            bigint  NOT NULL,
    leaves_qty_e6         bigint  NOT NULL,
    cum_amount_e4         bigint  NOT NULL,
    hold_e4               bigint  NOT NULL,
    hold_qty_e6           bigint  NOT NULL,
    replaces              text,
    replaced_by           text,
    order_reject_reason   text,
    reject_reasons        text[]  NOT NULL,
    text                  text    NOT NULL,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    filled_at             timestamptz,
    canceled_at           timestamptz,
    expired_at            timestamptz,
    failed_at             timestamptz,
    replaced_at           timestamptz,
    account_seq           bigint  NOT NULL,
    record_partition      integer NOT NULL,
    record_offset         bigint  NOT NULL,
    origin_topic          text    NOT NULL,
    origin_partition      integer NOT NULL,
    origin_offset         bigint  NOT NULL,
    origin_index          integer NOT NULL
) WITH (fillfactor = 70);  -- room in the page: most changes of an order touch no indexed column
CREATE INDEX orders_account ON projection.orders (account_id, created_at, order_id);
CREATE INDEX orders_client_order_id ON projection.orders (client_order_id, account_id);
CREATE INDEX orders_open ON projection.orders (account_id) WHERE is_open;
COMMENT ON COLUMN projection.orders.created_at IS 'when the order was stamped at entry';
COMMENT ON COLUMN projection.orders.updated_at IS 'time of the last event; the origin is that of the last event too';
COMMENT ON COLUMN projection.orders.failed_at IS 'when the order was refused';
COMMENT ON COLUMN projection.orders.is_open IS 'whether its status can still change';

CREATE TABLE projection.order_items (
    order_item_id    text PRIMARY KEY,
    order_id         text    NOT NULL REFERENCES projection.orders,
    leg              integer NOT NULL,
    symbol           text    NOT NULL,
    instrument_type  text    NOT NULL,
    side             text    NOT NULL,
    price_e4         bigint,
    qty_e6           bigint  NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL
);
CREATE INDEX order_items_order ON projection.order_items (order_id);
COMMENT ON COLUMN projection.order_items.order_item_id IS 'order_id/leg; written once, with the first event of the order';

-- Topic order-events: each fill of each order; one match makes a row for either side.
CREATE TABLE projection.trades (
    trade_id           text   NOT NULL,
    order_id           text   NOT NULL REFERENCES projection.orders,
    exec_id            text   NOT NULL,
    account_id         text   NOT NULL,
    user_id            text   NOT NULL,
    account_seq        bigint NOT NULL,
    symbol             text   NOT NULL,
    side               text   NOT NULL,
    liquidity          text,
    execution_price_e4 bigint NOT NULL,
    execution_qty_e6   bigint NOT NULL,
    amount_e4          bigint NOT NULL,
    fee_e4             bigint NOT NULL,
    settlement_date    date,
    executed_at        timestamptz NOT NULL,
    record_partition   integer NOT NULL,
    record_offset      bigint  NOT NULL,
    origin_topic       text    NOT NULL,
    origin_partition   integer NOT NULL,
    origin_offset      bigint  NOT NULL,
    origin_index       integer NOT NULL,
    PRIMARY KEY (trade_id, order_id),
    CONSTRAINT trades_origin UNIQUE (origin_offset, origin_index, origin_partition, origin_topic)
);
CREATE INDEX trades_order ON projection.trades (order_id);
CREATE INDEX trades_account ON projection.trades (account_id, account_seq);

-- Topic order-events: every check of a refused order, one summary row (check_type pre_trade) of an accepted one.
CREATE TABLE projection.risk_checks (
    check_id         text PRIMARY KEY,
    order_id         text   NOT NULL REFERENCES projection.orders,
    account_id       text   NOT NULL,
    user_id          text   NOT NULL,
    check_type       text   NOT NULL,
    check_value      bigint NOT NULL,
    check_limit      bigint NOT NULL,
    headroom         bigint NOT NULL,
    status           text   NOT NULL CHECK (status IN ('passed', 'failed')),
    created_at       timestamptz NOT NULL,
    check_number     integer NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL,
    CONSTRAINT risk_checks_origin UNIQUE (origin_offset, origin_index, check_number, origin_partition, origin_topic)
);
CREATE INDEX risk_checks_order ON projection.risk_checks (order_id);
COMMENT ON COLUMN projection.risk_checks.check_id IS 'exec_id/check_number';
COMMENT ON COLUMN projection.risk_checks.check_value IS
    'in the unit of the rule; in a summary the number of checks passed, of check_limit made';

-- Topic ledger: every posting of every journal entry.
CREATE TABLE projection.ledger_entries (
    journal_id       text   NOT NULL,
    posting_number   integer NOT NULL,
    account_id       text   NOT NULL,
    user_id          text   NOT NULL,
    account_seq      bigint NOT NULL,
    kind             text   NOT NULL,
    ledger_account   text   NOT NULL,
    asset            text   NOT NULL,
    amount           bigint NOT NULL,
    transfer_id      text,
    order_id         text,
    trade_id         text,
    symbol           text,
    settlement_date  date,
    text             text   NOT NULL,
    created_at       timestamptz NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL,
    CONSTRAINT ledger_entries_origin UNIQUE (origin_offset, origin_index, posting_number, origin_partition, origin_topic)
);
CREATE INDEX ledger_entries_account ON projection.ledger_entries (account_id, account_seq);
CREATE INDEX ledger_entries_transfer ON projection.ledger_entries (transfer_id) WHERE transfer_id IS NOT NULL;
COMMENT ON COLUMN projection.ledger_entries.amount IS
    'signed; 1e-4 of the currency where asset is USD, else 1e-6 of a share; the amounts of an asset in a journal entry sum to 0';

-- Topic ledger: what each account has now. No row before the first journal entry.
CREATE TABLE projection.balances (
    account_id       text PRIMARY KEY,
    user_id          text   NOT NULL,
    cash_e4          bigint NOT NULL,
    unsettled_e4     bigint NOT NULL,
    updated_at       timestamptz NOT NULL,
    account_seq      bigint  NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL
) WITH (fillfactor = 70);
COMMENT ON COLUMN projection.balances.cash_e4 IS 'unsettled proceeds included; buying power is this less the holds of open orders';

CREATE TABLE projection.positions (
    account_id       text   NOT NULL,
    symbol           text   NOT NULL,
    user_id          text   NOT NULL,
    qty_e6           bigint NOT NULL,
    cost_basis_e4    bigint NOT NULL,
    realized_e4      bigint NOT NULL,
    updated_at       timestamptz NOT NULL,
    account_seq      bigint  NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL,
    PRIMARY KEY (account_id, symbol)
) WITH (fillfactor = 70);

-- Topic ledger: status and class of each account now, and everything that happened to accounts besides orders and money.
CREATE TABLE projection.accounts (
    account_id       text PRIMARY KEY,
    user_id          text   NOT NULL,
    status           text   NOT NULL,
    account_class    text   NOT NULL,
    updated_at       timestamptz NOT NULL,
    account_seq      bigint  NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL
);

CREATE TABLE projection.account_events (
    account_id       text   NOT NULL,
    user_id          text   NOT NULL,
    account_seq      bigint NOT NULL,
    kind             text   NOT NULL,
    status           text   NOT NULL,
    account_class    text   NOT NULL,
    transfer_id      text,
    text             text   NOT NULL,
    created_at       timestamptz NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    origin_topic     text    NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint  NOT NULL,
    origin_index     integer NOT NULL,
    CONSTRAINT account_events_origin UNIQUE (origin_offset, origin_index, origin_partition, origin_topic)
);
CREATE INDEX account_events_account ON projection.account_events (account_id, account_seq);
CREATE INDEX account_events_transfer ON projection.account_events (transfer_id) WHERE transfer_id IS NOT NULL;
