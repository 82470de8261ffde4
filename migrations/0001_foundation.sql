-- One text for both databases. The runner in crates/storage/src/migrate turns these words into the
-- dialect's own: BIGINT, BYTES, STRICT and CLUSTERED (a table stored in its primary key's order,
-- where the database can). Ids are time-ordered, so clustered inserts append.

CREATE TABLE developers (
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    email         TEXT   NOT NULL,
    email_key     TEXT   NOT NULL UNIQUE,
    password_hash TEXT   NOT NULL,
    role          TEXT   NOT NULL CHECK (role IN ('developer', 'administrator')),
    created_at_ms BIGINT NOT NULL
) STRICT;

CREATE TABLE sessions (
    id_hash         BYTES  NOT NULL PRIMARY KEY,
    data            TEXT   NOT NULL,
    created_at_ms   BIGINT NOT NULL,
    expires_at_ms   BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);

CREATE TABLE one_time_links (
    token_hash    BYTES  NOT NULL PRIMARY KEY,
    purpose       TEXT   NOT NULL CHECK (purpose IN ('first_administrator')),
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    used_at_ms    BIGINT
) CLUSTERED;

-- Data keys encrypt secrets at rest; each is itself encrypted under the operator's key.
CREATE TABLE data_keys (
    id                    TEXT   NOT NULL PRIMARY KEY,
    key_encryption_key_id TEXT   NOT NULL,
    wrapped               BYTES  NOT NULL,
    created_at_ms         BIGINT NOT NULL
) STRICT;

CREATE TABLE platform_keys (
    id            TEXT   NOT NULL PRIMARY KEY,
    purpose       TEXT   NOT NULL CHECK (purpose IN ('access_token', 'response_signature')),
    algorithm     TEXT   NOT NULL,
    private_key   BYTES  NOT NULL,
    public_key    BYTES  NOT NULL,
    created_at_ms BIGINT NOT NULL,
    retired_at_ms BIGINT
) STRICT;

CREATE TABLE applications (
    id            TEXT   NOT NULL PRIMARY KEY,
    developer_id  TEXT   NOT NULL REFERENCES developers (id),
    name          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL
) STRICT;
CREATE INDEX applications_by_developer ON applications (developer_id, id);

CREATE TABLE credentials (
    api_key         TEXT   NOT NULL PRIMARY KEY,
    application_id  TEXT   NOT NULL REFERENCES applications (id),
    environment     TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    sealed_secret   BYTES  NOT NULL,
    created_at_ms   BIGINT NOT NULL,
    last_used_at_ms BIGINT,
    expires_at_ms   BIGINT,
    revoked_at_ms   BIGINT
) STRICT;
CREATE INDEX credentials_by_application ON credentials (application_id, environment);

-- A nonce is kept until its signature would be refused for its age anyway.
CREATE TABLE nonces (
    key_id        TEXT   NOT NULL,
    nonce         TEXT   NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (key_id, nonce)
) CLUSTERED;
CREATE INDEX nonces_by_expiry ON nonces (expires_at_ms);

-- A balance is the sum of the account's entries: credits are positive, debits negative. What the
-- platform owes (available) is never below zero; what others owe the platform (clearing) may be.
CREATE TABLE accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    owner         TEXT   NOT NULL,
    environment   TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    purpose       TEXT   NOT NULL CHECK (purpose IN ('available', 'clearing')),
    currency      TEXT   NOT NULL CHECK (length(currency) = 3),
    balance_minor BIGINT NOT NULL,
    entry_count   BIGINT NOT NULL CHECK (entry_count >= 0),
    created_at_ms BIGINT NOT NULL,
    UNIQUE (owner, environment, purpose, currency),
    CHECK (purpose = 'clearing' OR balance_minor >= 0)
) STRICT;

CREATE TABLE ledger_entries (
    account_id          TEXT   NOT NULL REFERENCES accounts (id),
    sequence            BIGINT NOT NULL CHECK (sequence > 0),
    posting_id          TEXT   NOT NULL,
    rule                TEXT   NOT NULL,
    object_id           TEXT   NOT NULL,
    amount_minor        BIGINT NOT NULL CHECK (amount_minor <> 0),
    balance_after_minor BIGINT NOT NULL,
    created_at_ms       BIGINT NOT NULL,
    PRIMARY KEY (account_id, sequence)
) CLUSTERED;
CREATE INDEX ledger_entries_by_object ON ledger_entries (object_id);

CREATE TABLE payments (
    id             TEXT   NOT NULL PRIMARY KEY,
    application_id TEXT   NOT NULL REFERENCES applications (id),
    environment    TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    order_id       TEXT   NOT NULL,
    amount_minor   BIGINT NOT NULL CHECK (amount_minor > 0),
    currency       TEXT   NOT NULL CHECK (length(currency) = 3),
    method         TEXT   NOT NULL,
    description    TEXT,
    status         TEXT   NOT NULL CHECK (status IN ('processing', 'captured', 'failed')),
    captured_minor BIGINT NOT NULL CHECK (captured_minor BETWEEN 0 AND amount_minor),
    failure_code   TEXT,
    idempotency_key TEXT NOT NULL,
    event_count    BIGINT NOT NULL CHECK (event_count >= 0),
    created_at_ms  BIGINT NOT NULL,
    updated_at_ms  BIGINT NOT NULL,
    CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
    CHECK ((status = 'captured') = (captured_minor > 0))
) STRICT;
CREATE UNIQUE INDEX payments_one_per_order ON payments (application_id, environment, order_id)
    WHERE status <> 'failed';
CREATE INDEX payments_by_application ON payments (application_id, environment, id);

-- The request's body is kept so that a reused key can be told which fields differ. `status` and
-- `answer` are empty while the first request with the key is still under way.
CREATE TABLE idempotency (
    application_id  TEXT   NOT NULL,
    environment     TEXT   NOT NULL,
    operation       TEXT   NOT NULL,
    idempotency_key TEXT   NOT NULL,
    request         TEXT   NOT NULL,
    object_id       TEXT   NOT NULL,
    status          BIGINT,
    answer          TEXT,
    created_at_ms   BIGINT NOT NULL,
    PRIMARY KEY (application_id, environment, operation, idempotency_key),
    CHECK ((status IS NULL) = (answer IS NULL))
) CLUSTERED;

CREATE TABLE events (
    id             TEXT   NOT NULL PRIMARY KEY,
    application_id TEXT   NOT NULL,
    environment    TEXT   NOT NULL,
    object_id      TEXT   NOT NULL,
    sequence       BIGINT NOT NULL CHECK (sequence > 0),
    type           TEXT   NOT NULL,
    body           TEXT   NOT NULL,
    created_at_ms  BIGINT NOT NULL,
    UNIQUE (object_id, sequence)
) STRICT;

-- Calls to channels that have no answer yet. Whoever works on one moves `due_at_ms` ahead: that is
-- its lease. The row goes when the answer is booked.
CREATE TABLE channel_calls (
    payment_id TEXT   NOT NULL PRIMARY KEY REFERENCES payments (id),
    attempts   BIGINT NOT NULL CHECK (attempts >= 0),
    due_at_ms  BIGINT NOT NULL
) STRICT;
CREATE INDEX channel_calls_by_due ON channel_calls (due_at_ms);
