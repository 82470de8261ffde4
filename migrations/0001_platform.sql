-- The platform itself: its keys, links that work once, mail on its way out, the audit log, settings, announcements.
--
-- One text for both databases. The runner in crates/storage/src/migrate turns these words into the
-- dialect's own: BIGINT, BYTES, STRICT and CLUSTERED (a table stored in its primary key's order,
-- where the database can). Ids are time-ordered, so clustered inserts append.

-- Data keys encrypt secrets at rest; each is itself encrypted under the operator's key.
CREATE TABLE data_keys (
    id                    TEXT   NOT NULL PRIMARY KEY,
    key_encryption_key_id TEXT   NOT NULL,
    wrapped               BYTES  NOT NULL,
    created_at_ms         BIGINT NOT NULL
) STRICT;

CREATE TABLE platform_keys (
    id            TEXT   NOT NULL PRIMARY KEY,
    purpose       TEXT   NOT NULL CHECK (purpose IN ('access_token', 'response_signature', 'body_encryption')),
    algorithm     TEXT   NOT NULL,
    private_key   BYTES  NOT NULL,
    public_key    BYTES  NOT NULL,
    created_at_ms BIGINT NOT NULL,
    retired_at_ms BIGINT
) STRICT;

-- `subject` is what the link is about: a developer, a team's invitation. `detail` is what it carries
-- along, such as the new address that is being confirmed.
CREATE TABLE one_time_links (
    token_hash    BYTES  NOT NULL PRIMARY KEY,
    purpose       TEXT   NOT NULL CHECK (purpose IN ('first_administrator', 'verify_email', 'reset_password', 'change_email', 'sign_up')),
    subject       TEXT   NOT NULL,
    detail        TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    used_at_ms    BIGINT
) CLUSTERED;
CREATE INDEX one_time_links_by_subject ON one_time_links (purpose, subject);
CREATE INDEX one_time_links_by_expiry ON one_time_links (expires_at_ms);

-- Mail is written in the transaction of what it tells about, and sent by a worker. A mail may hold a
-- link that lets its reader in, so it lies sealed.
CREATE TABLE mails (
    id            TEXT   NOT NULL PRIMARY KEY,
    recipient     TEXT   NOT NULL,
    sealed        BYTES  NOT NULL,
    status        TEXT   NOT NULL CHECK (status IN ('waiting', 'sent', 'failed')),
    attempts      BIGINT NOT NULL CHECK (attempts >= 0),
    due_at_ms     BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL
) STRICT;
CREATE INDEX mails_by_due ON mails (due_at_ms) WHERE status = 'waiting';

-- Who did what to what. Each entry's hash covers the entry and the hash before it, so that nothing
-- can be changed or taken out unseen.
CREATE TABLE audit_entries (
    sequence      BIGINT NOT NULL PRIMARY KEY CHECK (sequence > 0),
    actor_kind    TEXT   NOT NULL,
    actor         TEXT   NOT NULL,
    action        TEXT   NOT NULL,
    object        TEXT   NOT NULL,
    detail        TEXT   NOT NULL,
    network       TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    hash          BYTES  NOT NULL
) STRICT;
CREATE INDEX audit_entries_by_object ON audit_entries (object, sequence);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor, sequence);
CREATE INDEX audit_entries_by_action ON audit_entries (action, sequence);

-- One row: the end of the chain. Whoever writes an entry locks it first.
CREATE TABLE audit_end (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT NOT NULL CHECK (sequence >= 0),
    hash     BYTES  NOT NULL
) STRICT;

-- Settings that an administrator changes while the platform runs; a key that is absent has its default.
CREATE TABLE settings (
    name          TEXT   NOT NULL PRIMARY KEY,
    value         TEXT   NOT NULL,
    updated_at_ms BIGINT NOT NULL
) STRICT;

-- What administrators tell everybody at the top of pages.
CREATE TABLE announcements (
    id            TEXT   NOT NULL PRIMARY KEY,
    text_en       TEXT   NOT NULL CHECK (length(text_en) > 0),
    text_zh       TEXT   NOT NULL CHECK (length(text_zh) > 0),
    tone          TEXT   NOT NULL CHECK (tone IN ('info', 'warning')),
    on_landing    BIGINT NOT NULL CHECK (on_landing IN (0, 1)),
    from_ms       BIGINT NOT NULL,
    until_ms      BIGINT,
    created_at_ms BIGINT NOT NULL,
    CHECK (until_ms IS NULL OR until_ms > from_ms)
) STRICT;

-- Operations of the open API that an administrator turned off, and what callers are told.
CREATE TABLE switched_off_operations (
    operation TEXT   NOT NULL PRIMARY KEY,
    reason_en TEXT   NOT NULL CHECK (length(reason_en) > 0),
    reason_zh TEXT   NOT NULL CHECK (length(reason_zh) > 0),
    since_ms  BIGINT NOT NULL
) STRICT;

-- Servers that share this database, each as long as it gives signs of life.
CREATE TABLE processes (
    id         TEXT   NOT NULL PRIMARY KEY,
    seen_at_ms BIGINT NOT NULL
) STRICT;
