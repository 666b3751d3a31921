-- A symbol's book at any moment, order by order and in the order of its queues, from the events up to there.
--   SELECT * FROM book_at_seq(symbol = 'AAPL', seq = 1000)
--   SELECT * FROM book_at(symbol = 'AAPL', ts_us = 1340285400000000)
-- `book_at` is the book after the last event stamped at or before a time: many events share a microsecond.
-- An amended order keeps its place under another id, so its place is found along its chain of ids.

CREATE OR REPLACE VIEW book_at_seq AS
WITH RECURSIVE
    events AS
    (
        SELECT seq, kind, order_id, ifNull(new_order_id, order_id) AS next_id, side, price_e4, qty_e6
        FROM book_events
        WHERE symbol = {symbol:String} AND seq <= {seq:Int64}
    ),
    resting AS
    (
        SELECT
            order_id,
            argMax(each.side, each.seq) AS side,
            argMax(each.price_e4, each.seq) AS price_e4,
            argMax(each.qty_e6, each.seq) AS qty_e6,
            maxIf(each.seq, each.kind = 'Add') AS added_seq
        FROM
        (
            SELECT seq, kind, order_id, side, price_e4, if(next_id = order_id, qty_e6, 0) AS qty_e6 FROM events
            UNION ALL
            SELECT seq, kind, next_id, side, price_e4, qty_e6 FROM events WHERE next_id != order_id
        ) AS each
        GROUP BY order_id
        HAVING qty_e6 > 0
    ),
    amends AS (SELECT order_id AS former_id, next_id FROM events WHERE next_id != order_id),
    chain AS
    (
        SELECT order_id, order_id AS known_as FROM resting WHERE added_seq = 0
        UNION ALL
        SELECT chain.order_id, amends.former_id FROM chain INNER JOIN amends ON amends.next_id = chain.known_as
    ),
    places AS
    (
        SELECT chain.order_id AS order_id, max(adds.seq) AS added_seq
        FROM chain INNER JOIN (SELECT order_id, seq FROM events WHERE kind = 'Add') AS adds ON adds.order_id = chain.known_as
        GROUP BY chain.order_id
    )
SELECT
    resting.side AS side,
    toDecimal128(resting.price_e4, 4) / 10000 AS price,
    toDecimal128(resting.qty_e6, 6) / 1000000 AS quantity,
    resting.order_id AS order_id,
    greatest(resting.added_seq, places.added_seq) AS queued_seq
FROM resting LEFT JOIN places ON places.order_id = resting.order_id
ORDER BY side, if(side = 'Buy', -price, price), queued_seq;

CREATE OR REPLACE VIEW book_at AS
SELECT *
FROM book_at_seq(symbol = {symbol:String}, seq = (
    SELECT max(seq) FROM book_events
    WHERE symbol = {symbol:String} AND transact_time <= fromUnixTimestamp64Micro({ts_us:Int64})
));
