-- Primary data: who a user is and what may act for them. Owned by the API; nothing here can be rebuilt from the log.
CREATE SCHEMA identity;

CREATE TABLE identity.users (
    user_id             text PRIMARY KEY,
    email               text NOT NULL,
    password_hash       text,
    first_name          text NOT NULL DEFAULT '',
    last_name           text NOT NULL DEFAULT '',
    profile_picture_url text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON identity.users (lower(email));
COMMENT ON COLUMN identity.users.password_hash IS 'null: the user cannot log in with a password, only by API keys';

CREATE TABLE identity.accounts (
    account_id    text PRIMARY KEY,
    user_id       text NOT NULL REFERENCES identity.users,
    account_class text NOT NULL DEFAULT 'standard',
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX accounts_user ON identity.accounts (user_id);
COMMENT ON COLUMN identity.accounts.account_class IS 'names the dated limits that apply (standard, market_maker, replay)';

CREATE TABLE identity.api_keys (
    key_id      text PRIMARY KEY,
    account_id  text NOT NULL REFERENCES identity.accounts,
    secret_hash text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz
);
CREATE INDEX api_keys_account ON identity.api_keys (account_id);
