-- Payments, and what commits together with them.

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

-- A nonce is kept until its signature would be refused for its age anyway.
CREATE TABLE nonces (
    key_id        TEXT   NOT NULL,
    nonce         TEXT   NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (key_id, nonce)
) CLUSTERED;
CREATE INDEX nonces_by_expiry ON nonces (expires_at_ms);
