-- An order's payments that came to nothing, beside the one that did not: looked for by the order, and written only when
-- a payment ends so.
CREATE INDEX payments_ended_by_order ON payments (order_id)
    WHERE status IN ('canceled', 'failed', 'expired');

-- What waits in a sandbox, so that moving its clock reads nothing else. Whatever waits for no time of its own, such
-- as a payment that is taken at once, has no place in them.
CREATE INDEX payments_waiting ON payments (application_id, environment, id, due_at_ms)
    WHERE environment = 'sandbox' AND due_at_ms IS NOT NULL;
CREATE INDEX movements_waiting ON movements (application_id, environment, id, due_at_ms)
    WHERE environment = 'sandbox' AND due_at_ms IS NOT NULL;
