-- Payments and movements, and what commits together with them.

-- Several ways to each channel, so that one may fail. New work is shared by weight among those that are
-- enabled; what one has taken, it is asked about as long as it lives, so no row is ever deleted.
CREATE TABLE channel_instances (
    name       TEXT   NOT NULL PRIMARY KEY,
    channel    TEXT   NOT NULL,
    weight     BIGINT NOT NULL CHECK (weight BETWEEN 1 AND 1000),
    is_enabled BIGINT NOT NULL CHECK (is_enabled IN (0, 1)),
    drill      TEXT   CHECK (drill IN ('unreachable', 'silent'))
) STRICT;
INSERT INTO channel_instances (name, channel, weight, is_enabled) VALUES
    ('sandbox_card_1', 'sandbox_card', 100, 1),
    ('sandbox_card_2', 'sandbox_card', 100, 1),
    ('sandbox_alipay_1', 'sandbox_alipay', 100, 1),
    ('sandbox_alipay_2', 'sandbox_alipay', 100, 1),
    ('sandbox_wechat_pay_1', 'sandbox_wechat_pay', 100, 1),
    ('sandbox_wechat_pay_2', 'sandbox_wechat_pay', 100, 1),
    ('sandbox_bank_1', 'sandbox_bank', 100, 1),
    ('sandbox_bank_2', 'sandbox_bank', 100, 1),
    ('sandbox_balance_1', 'sandbox_balance', 100, 1),
    ('sandbox_balance_2', 'sandbox_balance', 100, 1);

-- An account holder who consented is the `payer`, with the grant that the payment used up and the payee
-- whom they named. The payee of any other payment is the account holder who gets what is captured.
-- `due_at_ms` is what the status makes of it: when the payer is too late, when the hold ends, when the
-- channel is asked again.
CREATE TABLE payments (
    id               TEXT   NOT NULL PRIMARY KEY,
    application_id   TEXT   NOT NULL REFERENCES applications (id),
    environment      TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    order_id         TEXT   NOT NULL,
    amount_minor     BIGINT NOT NULL CHECK (amount_minor > 0),
    currency         TEXT   NOT NULL CHECK (length(currency) = 3),
    method           TEXT   NOT NULL,
    instance         TEXT,
    payer            TEXT,
    grant_id         TEXT,
    payee            TEXT,
    scene            TEXT,
    capture          TEXT   NOT NULL CHECK (capture IN ('automatic', 'manual')),
    description      TEXT,
    return_url       TEXT,
    metadata         TEXT,
    expires_at_ms    BIGINT,
    fee_basis_points BIGINT NOT NULL CHECK (fee_basis_points BETWEEN 0 AND 10000),
    fee_fixed_minor  BIGINT NOT NULL CHECK (fee_fixed_minor >= 0),
    sandbox_outcome  TEXT,
    status           TEXT   NOT NULL CHECK (status IN ('created', 'requires_action', 'processing', 'authorized',
        'captured', 'partially_refunded', 'refunded', 'canceled', 'failed', 'expired', 'unknown')),
    captured_minor   BIGINT NOT NULL CHECK (captured_minor >= 0),
    refunded_minor   BIGINT NOT NULL CHECK (refunded_minor >= 0),
    refunding_minor  BIGINT NOT NULL CHECK (refunding_minor >= 0),
    capturable_minor BIGINT NOT NULL CHECK (capturable_minor >= 0),
    failure_code     TEXT,
    action           TEXT,
    checks           BIGINT,
    due_at_ms        BIGINT,
    idempotency_key  TEXT   NOT NULL,
    event_count      BIGINT NOT NULL CHECK (event_count >= 0),
    created_at_ms    BIGINT NOT NULL,
    updated_at_ms    BIGINT NOT NULL,
    CHECK ((method = 'holder_wallet') = (payer IS NOT NULL)),
    CHECK ((payer IS NULL) = (grant_id IS NULL) AND (payer IS NULL OR payee IS NOT NULL)),
    CHECK (captured_minor + capturable_minor <= amount_minor),
    CHECK (refunded_minor + refunding_minor <= captured_minor),
    CHECK ((status IN ('captured', 'partially_refunded', 'refunded')) = (captured_minor > 0)),
    CHECK ((status = 'refunded') = (captured_minor > 0 AND refunded_minor = captured_minor)),
    CHECK ((status = 'partially_refunded') = (refunded_minor > 0 AND refunded_minor < captured_minor)),
    CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
    CHECK ((status = 'requires_action') = (action IS NOT NULL)),
    CHECK ((status = 'unknown') = (checks IS NOT NULL)),
    CHECK (status NOT IN ('created', 'requires_action', 'authorized', 'unknown') OR due_at_ms IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX payments_one_per_order ON payments (application_id, environment, order_id)
    WHERE status NOT IN ('canceled', 'failed', 'expired');
CREATE INDEX payments_by_application ON payments (application_id, environment, id);

-- Refunds, transfers, top-ups and withdrawals. A refund goes into the wallet of `to_holder` when its
-- channel is closed or exhausted; then it is `is_to_balance`.
CREATE TABLE movements (
    id              TEXT   NOT NULL PRIMARY KEY,
    kind            TEXT   NOT NULL CHECK (kind IN ('refund', 'transfer', 'top_up', 'withdrawal')),
    application_id  TEXT   NOT NULL REFERENCES applications (id),
    environment     TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    amount_minor    BIGINT NOT NULL CHECK (amount_minor > 0),
    currency        TEXT   NOT NULL CHECK (length(currency) = 3),
    payment_id      TEXT   REFERENCES payments (id),
    channel         TEXT,
    instance        TEXT,
    to_holder       TEXT,
    is_to_balance   BIGINT NOT NULL CHECK (is_to_balance IN (0, 1)),
    from_account    TEXT   REFERENCES accounts (id),
    to_account      TEXT   REFERENCES accounts (id),
    description     TEXT,
    metadata        TEXT,
    sandbox_outcome TEXT,
    status          TEXT   NOT NULL CHECK (status IN ('processing', 'succeeded', 'failed', 'unknown')),
    failure_code    TEXT,
    checks          BIGINT,
    due_at_ms       BIGINT,
    event_count     BIGINT NOT NULL CHECK (event_count >= 0),
    created_at_ms   BIGINT NOT NULL,
    updated_at_ms   BIGINT NOT NULL,
    CHECK ((kind = 'refund') = (payment_id IS NOT NULL)),
    CHECK ((kind = 'transfer') = (channel IS NULL)),
    CHECK (instance IS NULL OR channel IS NOT NULL),
    CHECK (to_holder IS NULL OR kind = 'refund'),
    CHECK (is_to_balance = 0 OR (to_holder IS NOT NULL AND status = 'succeeded')),
    CHECK ((kind = 'transfer') = (from_account IS NOT NULL AND to_account IS NOT NULL)),
    CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
    CHECK ((status = 'unknown') = (checks IS NOT NULL AND due_at_ms IS NOT NULL))
) STRICT;
CREATE INDEX movements_by_application ON movements (application_id, environment, kind, id);
CREATE INDEX movements_by_payment ON movements (payment_id) WHERE payment_id IS NOT NULL;

-- The request's body is kept so that a reused key can be told which fields differ. The answer is the
-- object as one of its events shows it; there is none while the first request with the key is still
-- under way.
CREATE TABLE idempotency (
    application_id  TEXT   NOT NULL,
    environment     TEXT   NOT NULL,
    operation       TEXT   NOT NULL,
    idempotency_key TEXT   NOT NULL,
    request         TEXT   NOT NULL,
    object_id       TEXT   NOT NULL,
    answer_sequence BIGINT,
    created_at_ms   BIGINT NOT NULL,
    PRIMARY KEY (application_id, environment, operation, idempotency_key)
) CLUSTERED;

-- Stored in the order in which an application lists them.
CREATE TABLE events (
    application_id TEXT   NOT NULL,
    environment    TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    object_id      TEXT   NOT NULL,
    sequence       BIGINT NOT NULL CHECK (sequence > 0),
    type           TEXT   NOT NULL,
    body           TEXT   NOT NULL,
    created_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (application_id, environment, id),
    UNIQUE (object_id, sequence)
) STRICT;

-- Objects that a worker has to look at: a channel that owes an answer, a time that runs out. Whoever
-- works on one moves `due_at_ms` ahead: that is its lease.
CREATE TABLE due_work (
    object_id TEXT   NOT NULL PRIMARY KEY,
    attempts  BIGINT NOT NULL CHECK (attempts >= 0),
    due_at_ms BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX due_work_by_time ON due_work (due_at_ms);

-- The time of a sandbox, where it is not the platform's: it stands still at a time, or goes at a distance.
CREATE TABLE sandbox_clocks (
    application_id TEXT   NOT NULL PRIMARY KEY REFERENCES applications (id),
    frozen_at_ms   BIGINT,
    ahead_ms       BIGINT NOT NULL,
    updated_at_ms  BIGINT NOT NULL,
    CHECK (frozen_at_ms IS NULL OR ahead_ms = 0)
) CLUSTERED;

-- A nonce is kept until its signature would be refused for its age anyway.
CREATE TABLE nonces (
    key_id        TEXT   NOT NULL,
    nonce         TEXT   NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (key_id, nonce)
) CLUSTERED;
CREATE INDEX nonces_by_expiry ON nonces (expires_at_ms);
