-- Approval: what an application may do in live, what its team said about it, and what was decided.

-- One row per application that was ever submitted or drafted; an application without one is a draft.
-- `queue_status` is what administrators have to know first: a request under way, else the status.
-- `last_version` is the newest that was submitted. `since_ms` is when the present state began. `revision` counts the moves, so that of two at once one wins.
CREATE TABLE approvals (
    application_id  TEXT   NOT NULL PRIMARY KEY REFERENCES applications (id),
    status          TEXT   NOT NULL CHECK (status IN ('draft', 'submitted', 'in_review', 'changes_requested', 'rejected', 'approved', 'suspended', 'closed')),
    queue_status    TEXT   NOT NULL CHECK (queue_status IN ('draft', 'submitted', 'in_review', 'changes_requested', 'rejected', 'approved', 'suspended', 'closed')),
    request         TEXT   NOT NULL CHECK (request IN ('idle', 'submitted', 'in_review', 'changes_requested', 'rejected')),
    version         BIGINT CHECK (version > 0),
    permissions     TEXT   NOT NULL,
    submitted_by    TEXT   REFERENCES developers (id),
    submitted_at_ms BIGINT,
    decided_by      TEXT,
    decided_at_ms   BIGINT,
    stopped_by      TEXT,
    stopped_at_ms   BIGINT,
    last_version    BIGINT NOT NULL CHECK (last_version >= 0),
    since_ms        BIGINT NOT NULL,
    revision        BIGINT NOT NULL CHECK (revision >= 0),
    CHECK ((request = 'idle') = (version IS NULL)),
    CHECK ((version IS NULL) = (submitted_by IS NULL) AND (version IS NULL) = (submitted_at_ms IS NULL)),
    CHECK ((request IN ('idle', 'submitted')) = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at_ms IS NULL)),
    CHECK ((status IN ('suspended', 'closed')) = (stopped_by IS NOT NULL) AND (stopped_by IS NULL) = (stopped_at_ms IS NULL)),
    CHECK (status <> 'closed' OR request = 'idle')
) STRICT;
CREATE INDEX approvals_by_queue ON approvals (queue_status, since_ms, application_id);
CREATE INDEX approvals_by_age ON approvals (since_ms, application_id);

-- What was last decided about each permission of an application that was approved.
CREATE TABLE approval_permissions (
    application_id TEXT   NOT NULL REFERENCES approvals (application_id),
    permission     TEXT   NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('approved', 'suspended', 'rejected')),
    decided_by     TEXT   NOT NULL,
    decided_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (application_id, permission)
) CLUSTERED;

-- The numbered versions of what a team says. The newest may be a draft: nobody has submitted it yet.
CREATE TABLE submissions (
    application_id  TEXT   NOT NULL REFERENCES approvals (application_id),
    version         BIGINT NOT NULL CHECK (version > 0),
    submitted_by    TEXT   REFERENCES developers (id),
    submitted_at_ms BIGINT,
    saved_at_ms     BIGINT NOT NULL,
    PRIMARY KEY (application_id, version),
    CHECK ((submitted_by IS NULL) = (submitted_at_ms IS NULL))
) CLUSTERED;

CREATE TABLE submission_answers (
    application_id TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    field          TEXT   NOT NULL,
    answer         TEXT   NOT NULL,
    PRIMARY KEY (application_id, version, field),
    FOREIGN KEY (application_id, version) REFERENCES submissions (application_id, version)
) CLUSTERED;

-- What an administrator wants changed, beside the field that it is about.
CREATE TABLE submission_remarks (
    application_id TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    field          TEXT   NOT NULL,
    remark         TEXT   NOT NULL,
    PRIMARY KEY (application_id, version, field),
    FOREIGN KEY (application_id, version) REFERENCES submissions (application_id, version)
) CLUSTERED;

-- Papers of companies, sealed like secrets.
CREATE TABLE documents (
    id             TEXT   NOT NULL PRIMARY KEY,
    application_id TEXT   NOT NULL REFERENCES approvals (application_id),
    name           TEXT   NOT NULL,
    media_type     TEXT   NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    size_bytes     BIGINT NOT NULL CHECK (size_bytes > 0 AND size_bytes <= 5242880),
    sha256         BYTES  NOT NULL,
    sealed         BYTES  NOT NULL,
    uploaded_by    TEXT   NOT NULL REFERENCES developers (id),
    created_at_ms  BIGINT NOT NULL
) STRICT;
CREATE INDEX documents_by_application ON documents (application_id);

-- A document stays with every version that it was part of.
CREATE TABLE submission_documents (
    application_id TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    document_id    TEXT   NOT NULL REFERENCES documents (id),
    PRIMARY KEY (application_id, version, document_id),
    FOREIGN KEY (application_id, version) REFERENCES submissions (application_id, version)
) CLUSTERED;
CREATE INDEX submission_documents_by_document ON submission_documents (document_id);

-- Who did what, when, for both sides to read. `note` is a reason or a list, in its writer's words.
CREATE TABLE approval_steps (
    application_id TEXT   NOT NULL REFERENCES approvals (application_id),
    sequence       BIGINT NOT NULL CHECK (sequence > 0),
    step           TEXT   NOT NULL,
    actor          TEXT   NOT NULL,
    version        BIGINT,
    note           TEXT   NOT NULL,
    created_at_ms  BIGINT NOT NULL,
    PRIMARY KEY (application_id, sequence)
) CLUSTERED;
