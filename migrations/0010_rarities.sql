-- What nearly nothing is, so that a list of it does not walk through all the rest: nearly all payments and movements end
-- well, and nearly all events tell of that. Whatever ends well at once is never written here.
CREATE INDEX payments_by_rarer_status ON payments (application_id, environment, status, id)
    WHERE status <> 'captured';
CREATE INDEX movements_by_rarer_status ON movements (application_id, environment, kind, status, id)
    WHERE status <> 'succeeded';
CREATE INDEX events_by_rarer_type ON events (application_id, environment, type, id)
    WHERE type NOT IN ('payment.created', 'payment.captured');

-- What nobody knows the outcome of, of everybody.
CREATE INDEX payments_unknown ON payments (environment, due_at_ms) WHERE status = 'unknown';
CREATE INDEX movements_unknown ON movements (environment, due_at_ms) WHERE status = 'unknown';

-- An application's own orders only: others may call theirs the same.
DROP INDEX payments_ended_by_order;
CREATE INDEX payments_ended_by_order ON payments (application_id, environment, order_id, id)
    WHERE status IN ('canceled', 'failed', 'expired');
