-- The double-entry ledger.

-- A balance is the sum of the account's entries: credits are positive, debits negative. What the
-- platform owes (available, reserved, wallet) and what it earned (fees) is never below zero; what
-- channels owe the platform (clearing) may be.
CREATE TABLE accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    owner         TEXT   NOT NULL,
    environment   TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    purpose       TEXT   NOT NULL CHECK (purpose IN ('available', 'reserved', 'wallet', 'clearing', 'fees')),
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

-- What each batch of a process's lane wrote, chained: a batch's hash covers the hash before it, its lines
-- and its events. `contents` names these by account and object, with their first and last numbers.
CREATE TABLE batches (
    lane          TEXT   NOT NULL,
    sequence      BIGINT NOT NULL CHECK (sequence > 0),
    contents      TEXT   NOT NULL,
    hash          BYTES  NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (lane, sequence)
) CLUSTERED;

-- What the platform charges an application for captures in a currency; nothing where there is no row.
CREATE TABLE fees (
    application_id TEXT   NOT NULL REFERENCES applications (id),
    currency       TEXT   NOT NULL CHECK (length(currency) = 3),
    basis_points   BIGINT NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
    fixed_minor    BIGINT NOT NULL CHECK (fixed_minor >= 0),
    updated_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (application_id, currency)
) CLUSTERED;
