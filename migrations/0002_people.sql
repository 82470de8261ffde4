-- People: developers and administrators, their sessions, and the teams that own applications.

CREATE TABLE developers (
    id                   TEXT   NOT NULL PRIMARY KEY,
    name                 TEXT   NOT NULL,
    email                TEXT   NOT NULL,
    email_key            TEXT   NOT NULL UNIQUE,
    password_hash        TEXT   NOT NULL,
    role                 TEXT   NOT NULL CHECK (role IN ('developer', 'administrator')),
    language             TEXT   NOT NULL CHECK (language IN ('en', 'zh')),
    email_verified_at_ms BIGINT,
    suspended_at_ms      BIGINT,
    closed_at_ms         BIGINT,
    created_at_ms        BIGINT NOT NULL
) STRICT;
CREATE INDEX developers_by_role ON developers (role, id);
CREATE INDEX developers_by_name ON developers (lower(name), id);

-- `developer_id` is empty until somebody signs in.
CREATE TABLE sessions (
    id_hash         BYTES  NOT NULL PRIMARY KEY,
    developer_id    TEXT,
    data            TEXT   NOT NULL,
    device          TEXT   NOT NULL,
    network         TEXT   NOT NULL,
    created_at_ms   BIGINT NOT NULL,
    seen_at_ms      BIGINT NOT NULL,
    expires_at_ms   BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);
CREATE INDEX sessions_by_developer ON sessions (developer_id);

-- A second step at sign-in, by codes that follow from a secret and the time (RFC 6238). It counts once
-- it is confirmed. `last_step` is the newest step whose code was used: each works once.
CREATE TABLE totp (
    developer_id    TEXT   NOT NULL PRIMARY KEY REFERENCES developers (id),
    sealed_secret   BYTES  NOT NULL,
    last_step       BIGINT NOT NULL,
    confirmed_at_ms BIGINT,
    created_at_ms   BIGINT NOT NULL
) STRICT;

-- Codes for whoever has lost the device. Each works once.
CREATE TABLE recovery_codes (
    developer_id  TEXT   NOT NULL REFERENCES developers (id),
    code_hash     BYTES  NOT NULL,
    created_at_ms BIGINT NOT NULL,
    used_at_ms    BIGINT,
    PRIMARY KEY (developer_id, code_hash)
) CLUSTERED;

-- Who somebody is to an outside OpenID provider.
CREATE TABLE outside_identities (
    issuer        TEXT   NOT NULL,
    subject       TEXT   NOT NULL,
    developer_id  TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
) CLUSTERED;
CREATE INDEX outside_identities_by_developer ON outside_identities (developer_id);

CREATE TABLE teams (
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL
) STRICT;

CREATE TABLE team_members (
    team_id       TEXT   NOT NULL REFERENCES teams (id),
    developer_id  TEXT   NOT NULL REFERENCES developers (id),
    role          TEXT   NOT NULL CHECK (role IN ('owner', 'developer', 'viewer')),
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (team_id, developer_id)
) CLUSTERED;
CREATE INDEX team_members_by_developer ON team_members (developer_id, team_id);

-- An invitation is open until it is accepted, withdrawn or too old. Its token comes by mail to the
-- one address that may accept it.
CREATE TABLE team_invitations (
    id              TEXT   NOT NULL PRIMARY KEY,
    team_id         TEXT   NOT NULL REFERENCES teams (id),
    email           TEXT   NOT NULL,
    email_key       TEXT   NOT NULL,
    role            TEXT   NOT NULL CHECK (role IN ('owner', 'developer', 'viewer')),
    token_hash      BYTES  NOT NULL UNIQUE,
    invited_by      TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms   BIGINT NOT NULL,
    sent_at_ms      BIGINT NOT NULL,
    expires_at_ms   BIGINT NOT NULL,
    accepted_at_ms  BIGINT,
    withdrawn_at_ms BIGINT
) STRICT;
CREATE INDEX team_invitations_by_team ON team_invitations (team_id, id);
CREATE UNIQUE INDEX team_invitations_open ON team_invitations (team_id, email_key)
    WHERE accepted_at_ms IS NULL AND withdrawn_at_ms IS NULL;
CREATE INDEX team_invitations_by_address ON team_invitations (email_key)
    WHERE accepted_at_ms IS NULL AND withdrawn_at_ms IS NULL;
