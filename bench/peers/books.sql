SELECT (SELECT count(*) FROM payments), (SELECT count(*) FROM ledger_entries), (SELECT balance_minor FROM accounts WHERE id = 'acct_available'), (SELECT sum(amount_minor) FROM ledger_entries)
