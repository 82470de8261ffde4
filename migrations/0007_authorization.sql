-- The authorization server: account holders, what they gave to whom, and everything that is used up
-- on the way from a request to a token. Random secrets (codes, tokens, handles) lie as SHA-256.

-- A holder is a person or a business whose money is moved. Test holders belong to an application of
-- the sandbox; their password is shown to its developers, so it lies sealed instead of hashed.
CREATE TABLE holders (
    id              TEXT   NOT NULL PRIMARY KEY,
    environment     TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    application_id  TEXT   REFERENCES applications (id),
    test_role       TEXT   CHECK (test_role IN ('buyer', 'seller')),
    name            TEXT   NOT NULL,
    email           TEXT   NOT NULL,
    email_key       TEXT   NOT NULL UNIQUE,
    phone           TEXT,
    password_hash   TEXT,
    sealed_password BYTES,
    language        TEXT   NOT NULL CHECK (language IN ('en', 'zh')),
    created_at_ms   BIGINT NOT NULL,
    closed_at_ms    BIGINT,
    CHECK ((password_hash IS NULL) <> (sealed_password IS NULL)),
    CHECK ((test_role IS NULL) = (application_id IS NULL)),
    CHECK ((test_role IS NULL) = (sealed_password IS NULL)),
    CHECK (test_role IS NULL OR environment = 'sandbox')
) STRICT;
CREATE UNIQUE INDEX holders_of_application ON holders (application_id, test_role) WHERE application_id IS NOT NULL;

CREATE TABLE holder_sessions (
    id_hash       BYTES  NOT NULL PRIMARY KEY,
    holder_id     TEXT   NOT NULL REFERENCES holders (id),
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX holder_sessions_by_expiry ON holder_sessions (expires_at_ms);

-- What an application is to the authorization server. Without a row it is a confidential client of
-- OAuth 2.1.
CREATE TABLE client_settings (
    application_id      TEXT   NOT NULL REFERENCES applications (id),
    environment         TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    profile             TEXT   NOT NULL CHECK (profile IN ('oauth2.1', 'fapi2')),
    kind                TEXT   NOT NULL CHECK (kind IN ('confidential', 'public')),
    access_token_s      BIGINT NOT NULL CHECK (access_token_s BETWEEN 60 AND 3600),
    refresh_token_s     BIGINT NOT NULL CHECK (refresh_token_s BETWEEN 3600 AND 31536000),
    grant_s             BIGINT NOT NULL CHECK (grant_s BETWEEN 3600 AND 31536000),
    demands_dpop_nonce  BIGINT NOT NULL CHECK (demands_dpop_nonce IN (0, 1)),
    updated_at_ms       BIGINT NOT NULL,
    PRIMARY KEY (application_id, environment),
    CHECK (NOT (profile = 'fapi2' AND kind = 'public'))
) CLUSTERED;

-- A request for authorization: pushed by its client, then open in a holder's browser, then decided.
-- The secret that `id_hash` is made of is the request_uri at first and the page's handle later.
CREATE TABLE authorization_requests (
    id_hash        BYTES  NOT NULL PRIMARY KEY,
    application_id TEXT   NOT NULL,
    environment    TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    api_key        TEXT   NOT NULL,
    stage          TEXT   NOT NULL CHECK (stage IN ('pushed', 'open', 'decided')),
    parameters     TEXT   NOT NULL,
    created_at_ms  BIGINT NOT NULL,
    expires_at_ms  BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX authorization_requests_by_expiry ON authorization_requests (expires_at_ms);

-- What a holder gave an application. Every code and refresh token belongs to one, and every access
-- token that came from one names it; when it ends, all of them do.
CREATE TABLE grants (
    id             TEXT   NOT NULL PRIMARY KEY,
    holder_id      TEXT   NOT NULL REFERENCES holders (id),
    application_id TEXT   NOT NULL REFERENCES applications (id),
    environment    TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    scopes         TEXT   NOT NULL,
    details        TEXT   NOT NULL,
    created_at_ms  BIGINT NOT NULL,
    expires_at_ms  BIGINT NOT NULL,
    ended_at_ms    BIGINT,
    ended_because  TEXT   CHECK (ended_because IN ('withdrawn', 'revoked', 'code_replayed', 'refresh_reused')),
    CHECK ((ended_at_ms IS NULL) = (ended_because IS NULL))
) STRICT;
CREATE INDEX grants_by_holder ON grants (holder_id, id);

-- The payments that a holder consented to, each used up by being made.
CREATE TABLE granted_payments (
    grant_id     TEXT   NOT NULL REFERENCES grants (id),
    position     BIGINT NOT NULL CHECK (position >= 0),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency     TEXT   NOT NULL CHECK (length(currency) = 3),
    payee        TEXT   NOT NULL,
    used_at_ms   BIGINT,
    used_by      TEXT,
    PRIMARY KEY (grant_id, position),
    CHECK ((used_at_ms IS NULL) = (used_by IS NULL))
) CLUSTERED;

CREATE TABLE authorization_codes (
    code_hash      BYTES  NOT NULL PRIMARY KEY,
    grant_id       TEXT   NOT NULL REFERENCES grants (id),
    redirect_uri   TEXT   NOT NULL,
    code_challenge TEXT   NOT NULL,
    jkt            TEXT,
    nonce          TEXT,
    resource       TEXT   NOT NULL,
    signed_in_at_s BIGINT NOT NULL,
    created_at_ms  BIGINT NOT NULL,
    expires_at_ms  BIGINT NOT NULL,
    used_at_ms     BIGINT
) CLUSTERED;
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at_ms);

-- The tokens of one grant follow one another. The successor lies sealed so that a lost answer can be
-- given again.
CREATE TABLE refresh_tokens (
    token_hash       BYTES  NOT NULL PRIMARY KEY,
    grant_id         TEXT   NOT NULL REFERENCES grants (id),
    jkt              TEXT,
    resource         TEXT   NOT NULL,
    signed_in_at_s   BIGINT NOT NULL,
    created_at_ms    BIGINT NOT NULL,
    expires_at_ms    BIGINT NOT NULL,
    replaced_at_ms   BIGINT,
    successor_hash   BYTES,
    sealed_successor BYTES,
    CHECK ((replaced_at_ms IS NULL) = (successor_hash IS NULL)),
    CHECK ((replaced_at_ms IS NULL) = (sealed_successor IS NULL))
) CLUSTERED;
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at_ms);

CREATE TABLE device_codes (
    code_hash      BYTES  NOT NULL PRIMARY KEY,
    user_code      TEXT   NOT NULL UNIQUE,
    application_id TEXT   NOT NULL,
    environment    TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    api_key        TEXT   NOT NULL,
    parameters     TEXT   NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'used')),
    grant_id       TEXT,
    signed_in_at_s BIGINT,
    interval_s     BIGINT NOT NULL CHECK (interval_s > 0),
    asked_at_ms    BIGINT,
    created_at_ms  BIGINT NOT NULL,
    expires_at_ms  BIGINT NOT NULL,
    CHECK ((state IN ('approved', 'used')) = (grant_id IS NOT NULL)),
    CHECK ((grant_id IS NULL) = (signed_in_at_s IS NULL))
) CLUSTERED;
CREATE INDEX device_codes_by_expiry ON device_codes (expires_at_ms);

-- Assertions and proofs that were seen, kept until they would be refused for their age anyway.
CREATE TABLE used_jtis (
    issuer        TEXT   NOT NULL,
    jti           TEXT   NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (issuer, jti)
) CLUSTERED;
CREATE INDEX used_jtis_by_expiry ON used_jtis (expires_at_ms);

CREATE TABLE revoked_tokens (
    jti           TEXT   NOT NULL PRIMARY KEY,
    expires_at_ms BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at_ms);
