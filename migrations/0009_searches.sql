-- An order's payments that came to nothing, beside the one that did not: looked for by the order, and written only when
-- a payment ends so.
CREATE INDEX payments_ended_by_order ON payments (order_id)
    WHERE status IN ('canceled', 'failed', 'expired');
