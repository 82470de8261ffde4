-- The rest of a hold of which a part was captured ends as well: somebody has to look at it when its time has come.
INSERT INTO due_work (object_id, attempts, due_at_ms)
SELECT id, 0, due_at_ms FROM payments
WHERE capturable_minor > 0 AND due_at_ms IS NOT NULL AND status IN ('captured', 'partially_refunded', 'refunded');
