-- Who ClickHouse's dictionary `accounts` asks as (sinks/clickhouse/dictionaries.xml): the columns that it has and nothing
-- else. A role is of the whole server, so another database of it may have made it. `migrate` sets its password.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dictionaries') THEN
        CREATE ROLE dictionaries NOLOGIN;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA identity TO dictionaries;
GRANT SELECT (account_id, user_id, account_class) ON identity.accounts TO dictionaries;
