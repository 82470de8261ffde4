-- Applications and what they prove themselves with.

CREATE TABLE applications (
    id            TEXT   NOT NULL PRIMARY KEY,
    team_id       TEXT   NOT NULL REFERENCES teams (id),
    name          TEXT   NOT NULL,
    description   TEXT   NOT NULL,
    created_by    TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms BIGINT NOT NULL
) STRICT;
CREATE INDEX applications_by_team ON applications (team_id, id);

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
