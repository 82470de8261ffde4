-- One payment as one call: the same checks and the same writes, without anybody's HTTP.
CREATE FUNCTION pay(a_nonce TEXT, a_order TEXT, a_amount BIGINT) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    a_payment TEXT := 'pay_' || a_nonce;
    a_now BIGINT := (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT;
    a_body TEXT := '{"id":"' || a_payment || '","object":"payment","status":"captured","order_id":"' || a_order
        || '","amount_minor":' || a_amount || ',"currency":"USD","method":"card_ok"}';
    a_row RECORD;
BEGIN
    INSERT INTO nonces VALUES ('ak_peer', a_nonce, a_now + 600000);
    INSERT INTO idempotency VALUES (a_order, a_body, 201, a_body, a_now);
    INSERT INTO payments VALUES (a_payment, a_order, a_amount, 'USD', 'card_ok', 'captured', a_amount, a_now, a_now);
    INSERT INTO events VALUES (a_payment || '_1', a_payment, 1, 'payment.created', a_body, a_now),
        (a_payment || '_2', a_payment, 2, 'payment.captured', a_body, a_now);
    -- Locked in the order of their ids, so that two calls cannot wait for each other.
    FOR a_row IN UPDATE accounts SET entry_count = entry_count + 1,
            balance_minor = balance_minor + CASE accounts.id WHEN 'acct_clearing' THEN -a_amount ELSE a_amount END
            FROM (SELECT id FROM accounts ORDER BY id FOR UPDATE) AS locked WHERE accounts.id = locked.id
            RETURNING accounts.id, balance_minor, entry_count LOOP
        INSERT INTO ledger_entries VALUES (a_row.id, a_row.entry_count, 'captured', a_payment,
            CASE a_row.id WHEN 'acct_clearing' THEN -a_amount ELSE a_amount END, a_row.balance_minor, a_now);
    END LOOP;
    RETURN a_payment;
END $$;
