-- What our own book says keeps a name of its own: `trades` and `quotes` are those of every venue from here on. Alone in
-- a file, because a second run must not meet the new tables of these names.

RENAME TABLE IF EXISTS trades TO book_trades;
RENAME TABLE IF EXISTS quotes TO book_quotes;
