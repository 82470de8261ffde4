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
