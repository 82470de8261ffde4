-- The tables of the peers, the same on both databases.
CREATE TABLE nonces (key_id TEXT NOT NULL, nonce TEXT NOT NULL, expires_at_ms BIGINT NOT NULL, PRIMARY KEY (key_id, nonce));
CREATE TABLE idempotency (idempotency_key TEXT NOT NULL PRIMARY KEY, request TEXT NOT NULL, status BIGINT NOT NULL, answer TEXT NOT NULL, created_at_ms BIGINT NOT NULL);
CREATE TABLE payments (id TEXT NOT NULL PRIMARY KEY, order_id TEXT NOT NULL, amount_minor BIGINT NOT NULL, currency TEXT NOT NULL, method TEXT NOT NULL, status TEXT NOT NULL, captured_minor BIGINT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL);
CREATE UNIQUE INDEX payments_one_per_order ON payments (order_id) WHERE status <> 'failed';
CREATE TABLE accounts (id TEXT NOT NULL PRIMARY KEY, balance_minor BIGINT NOT NULL, entry_count BIGINT NOT NULL);
CREATE TABLE ledger_entries (account_id TEXT NOT NULL, sequence BIGINT NOT NULL, rule TEXT NOT NULL, object_id TEXT NOT NULL, amount_minor BIGINT NOT NULL, balance_after_minor BIGINT NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (account_id, sequence));
CREATE TABLE events (id TEXT NOT NULL PRIMARY KEY, object_id TEXT NOT NULL, sequence BIGINT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, created_at_ms BIGINT NOT NULL);
INSERT INTO accounts VALUES ('acct_clearing', 0, 0), ('acct_available', 0, 0);
