-- Applications and what they prove themselves with.

-- How often applications may call. Those without a plan go by the settings.
CREATE TABLE plans (
    id                TEXT   NOT NULL PRIMARY KEY,
    name              TEXT   NOT NULL UNIQUE,
    reads_per_second  BIGINT NOT NULL CHECK (reads_per_second > 0),
    reads_burst       BIGINT NOT NULL CHECK (reads_burst >= reads_per_second),
    writes_per_second BIGINT NOT NULL CHECK (writes_per_second > 0),
    writes_burst      BIGINT NOT NULL CHECK (writes_burst >= writes_per_second),
    created_at_ms     BIGINT NOT NULL
) STRICT;

-- Lists of addresses and networks have one entry per line. A closed application stays, because its
-- payments do. `sandbox_unsigned` says that its sandbox takes calls without a signature.
CREATE TABLE applications (
    id            TEXT   NOT NULL PRIMARY KEY,
    team_id       TEXT   NOT NULL REFERENCES teams (id),
    name          TEXT   NOT NULL,
    description   TEXT   NOT NULL,
    redirect_uris TEXT   NOT NULL,
    networks      TEXT   NOT NULL,
    sandbox_unsigned BIGINT NOT NULL DEFAULT 0 CHECK (sandbox_unsigned IN (0, 1)),
    plan_id       TEXT   REFERENCES plans (id),
    created_by    TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms BIGINT NOT NULL,
    closed_at_ms  BIGINT
) STRICT;
CREATE INDEX applications_by_team ON applications (team_id, id);
CREATE INDEX applications_by_plan ON applications (plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX applications_by_name ON applications (lower(name), id);

-- `revision` changes with the picture, so that browsers may keep one for as long as they like.
CREATE TABLE application_icons (
    application_id TEXT   NOT NULL PRIMARY KEY REFERENCES applications (id),
    media_type     TEXT   NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
    bytes          BYTES  NOT NULL,
    revision       TEXT   NOT NULL,
    updated_at_ms  BIGINT NOT NULL
) STRICT;

-- `successor` is the credential that took over; a credential is replaced once.
CREATE TABLE credentials (
    api_key         TEXT   NOT NULL PRIMARY KEY,
    application_id  TEXT   NOT NULL REFERENCES applications (id),
    environment     TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    name            TEXT   NOT NULL,
    networks        TEXT   NOT NULL,
    sealed_secret   BYTES  NOT NULL,
    created_by      TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms   BIGINT NOT NULL,
    last_used_at_ms BIGINT,
    expires_at_ms   BIGINT,
    revoked_at_ms   BIGINT,
    successor       TEXT   UNIQUE REFERENCES credentials (api_key)
) STRICT;
CREATE INDEX credentials_by_application ON credentials (application_id, environment);

-- `spki` is the key in DER, `fingerprint` its SHA-256.
CREATE TABLE public_keys (
    id              TEXT   NOT NULL PRIMARY KEY,
    application_id  TEXT   NOT NULL REFERENCES applications (id),
    environment     TEXT   NOT NULL CHECK (environment IN ('sandbox', 'live')),
    name            TEXT   NOT NULL,
    kind            TEXT   NOT NULL CHECK (kind IN ('rsa', 'ec-p256', 'ed25519', 'rsa-encryption')),
    bits            BIGINT NOT NULL CHECK (bits > 0),
    spki            BYTES  NOT NULL,
    fingerprint     TEXT   NOT NULL,
    networks        TEXT   NOT NULL,
    created_by      TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms   BIGINT NOT NULL,
    last_used_at_ms BIGINT,
    expires_at_ms   BIGINT,
    revoked_at_ms   BIGINT,
    UNIQUE (application_id, environment, fingerprint)
) STRICT;
CREATE INDEX public_keys_by_application ON public_keys (application_id, environment, id);
