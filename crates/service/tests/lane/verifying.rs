//! Going over the books: whole books are found whole while others write, and whatever is spoiled is
//! named with its place.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tallyport_domain::books::MovementAsked;
use tallyport_domain::channel::Channel;
use tallyport_domain::ids::PaymentId;
use tallyport_domain::payment::Metadata;
use tallyport_domain::{Currency, Money};
use tallyport_service::Caller;
use tallyport_service::movements::MovementRequest;
use tallyport_service::payments::Call;
use tallyport_service::verify::{Fault, Verdict, verify};
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{Dialect, both_databases};

use crate::ask::Ask;
use crate::process::Process;

fn dollars(minor: i64) -> Money {
    Money::from_minor(minor, "USD".parse::<Currency>().unwrap())
}

async fn verdict(test: &TestDb) -> Verdict {
    verify(&test.db, &mut |_, _| ()).await.unwrap()
}

async fn assert_whole(test: &TestDb) {
    assert_eq!(verdict(test).await.faults, []);
}

/// Something of everything: payments that were taken, that failed, that nobody knows of; a part given
/// back; money put in and taken out.
async fn fill(process: &Process) -> PaymentId {
    let caller = process.caller().await;
    let mut taken = Vec::new();
    for (order, method) in [
        ("A-1", "card_ok"),
        ("A-2", "card_ok"),
        ("A-3", "card_declined"),
        ("A-4", "card_timeout_then_ok"),
        ("A-5", "card_3ds_required"),
    ] {
        let answer = process.pay(&caller, Ask { method, ..Ask::dollar(order) }).await.unwrap();
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        taken.push(body["id"].as_str().unwrap().parse::<PaymentId>().unwrap());
    }
    let bank = Channel::SandboxBank;
    for (number, (asked, minor)) in [
        (MovementAsked::Refund { payment: taken[0], to_holder: None }, 40),
        (MovementAsked::TopUp { channel: bank }, 500),
        (MovementAsked::Withdrawal { channel: bank }, 70),
    ]
    .into_iter()
    .enumerate()
    {
        move_money(process, &caller, asked, minor, number).await;
    }
    taken[0]
}

async fn move_money(process: &Process, caller: &Caller, asked: MovementAsked, minor: i64, number: usize) {
    let call = Call { key: format!("move-{number}").parse().unwrap(), body: format!("{asked:?}"), nonce: None };
    let request = MovementRequest {
        asked,
        amount: Some(dollars(minor)),
        description: None,
        metadata: Metadata::default(),
        sandbox_outcome: None,
        call,
    };
    process.services.make_movement(caller, request).await.unwrap();
}

/// Spoils something, and puts it right again.
struct Spoiled {
    how: &'static str,
    undone: &'static str,
    /// The rules that are then broken, with the table that is named; others may be as well.
    broken: &'static [(&'static str, &'static str)],
}

const BATCH: (&str, &str) = ("a batch, what it wrote and the batch before it are as they were written", "batches");
const BALANCE: (&str, &str) = ("a balance is the sum of its account's lines", "accounts");
const CURRENCY: (&str, &str) = ("the balances of a currency sum to zero", "accounts");
const LINE: (&str, &str) = ("a line carries the balance after it", "ledger_entries");
const WAITS: &str = "somebody looks at a payment exactly as long as it waits";

const SPOILED: &[Spoiled] = &[
    Spoiled {
        how: "UPDATE accounts SET balance_minor = balance_minor + 1 WHERE purpose = 'available'",
        undone: "UPDATE accounts SET balance_minor = balance_minor - 1 WHERE purpose = 'available'",
        broken: &[BALANCE, CURRENCY],
    },
    Spoiled {
        how: "UPDATE accounts SET entry_count = entry_count + 1 WHERE purpose = 'available'",
        undone: "UPDATE accounts SET entry_count = entry_count - 1 WHERE purpose = 'available'",
        broken: &[("an account has as many lines as it says", "accounts")],
    },
    Spoiled {
        how: "UPDATE accounts SET entry_count = entry_count - 1 WHERE purpose = 'available'",
        undone: "UPDATE accounts SET entry_count = entry_count + 1 WHERE purpose = 'available'",
        broken: &[("an account has as many lines as it says", "accounts"), BALANCE],
    },
    Spoiled {
        how: "UPDATE accounts SET currency = 'EUR' WHERE purpose = 'available'",
        undone: "UPDATE accounts SET currency = 'USD' WHERE purpose = 'available'",
        broken: &[
            CURRENCY,
            ("the lines of a payment are in its currency and environment", "payments"),
            ("the lines of a movement are in its currency and environment", "movements"),
        ],
    },
    Spoiled {
        how: "UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE rule = 'captured' AND amount_minor > 0",
        undone: "UPDATE ledger_entries SET amount_minor = amount_minor - 1 WHERE rule = 'captured' AND amount_minor > 0",
        broken: &[
            LINE,
            BALANCE,
            BATCH,
            ("the lines of a posting sum to zero", "payments"),
            ("what a payment captured is what was credited for it", "payments"),
        ],
    },
    Spoiled {
        how: "UPDATE ledger_entries SET amount_minor = amount_minor - 1 WHERE rule = 'topped_up' AND amount_minor > 0",
        undone: "UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE rule = 'topped_up' AND amount_minor > 0",
        broken: &[
            ("the lines of a posting sum to zero", "movements"),
            ("a refund, withdrawal, top-up or transfer moved its amount exactly when it succeeded", "movements"),
        ],
    },
    Spoiled {
        how: "UPDATE ledger_entries SET amount_minor = amount_minor - 1 WHERE rule = 'reserved' AND amount_minor > 0",
        undone: "UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE rule = 'reserved' AND amount_minor > 0",
        broken: &[(
            "what was put aside for a refund or a withdrawal is there as long as that is under way",
            "movements",
        )],
    },
    Spoiled {
        how: "UPDATE ledger_entries SET balance_after_minor = balance_after_minor + 1 WHERE sequence = 2",
        undone: "UPDATE ledger_entries SET balance_after_minor = balance_after_minor - 1 WHERE sequence = 2",
        broken: &[LINE, BATCH],
    },
    Spoiled {
        how: "UPDATE ledger_entries SET sequence = 1000 WHERE sequence = 2",
        undone: "UPDATE ledger_entries SET sequence = 2 WHERE sequence = 1000",
        broken: &[("lines are numbered from one without gaps", "ledger_entries"), BATCH],
    },
    Spoiled {
        how: "UPDATE ledger_entries SET object_id = 'x' || object_id WHERE sequence = 1",
        undone: "UPDATE ledger_entries SET object_id = substr(object_id, 2) WHERE sequence = 1",
        broken: &[
            ("a line is about a payment that took money or about a movement", "ledger_entries"),
            ("what a batch wrote can be read", "batches"),
        ],
    },
    Spoiled {
        how: "INSERT INTO ledger_entries SELECT account_id, 900, posting_id, rule, object_id, amount_minor, \
              balance_after_minor, created_at_ms FROM ledger_entries WHERE sequence = 1",
        undone: "DELETE FROM ledger_entries WHERE sequence = 900",
        broken: &[
            ("every line and every event was written by a batch", "ledger_entries"),
            ("an account has as many lines as it says", "accounts"),
        ],
    },
    Spoiled {
        how: "UPDATE events SET body = body || ' '",
        undone: "UPDATE events SET body = substr(body, 1, length(body) - 1)",
        broken: &[BATCH],
    },
    Spoiled {
        how: "UPDATE events SET sequence = 50 WHERE sequence = 2",
        undone: "UPDATE events SET sequence = 2 WHERE sequence = 50",
        broken: &[
            ("the events of a payment are numbered from one without gaps", "payments"),
            ("the events of a movement are numbered from one without gaps", "movements"),
            BATCH,
        ],
    },
    Spoiled {
        how: "INSERT INTO events SELECT application_id, environment, 'x' || id, object_id, sequence + 40, type, body, \
              created_at_ms FROM events",
        undone: "DELETE FROM events WHERE sequence > 40",
        broken: &[
            ("every event of a payment is told", "payments"),
            ("every event of a movement is told", "movements"),
            ("every line and every event was written by a batch", "events"),
        ],
    },
    Spoiled {
        how: "UPDATE events SET environment = 'live'",
        undone: "UPDATE events SET environment = 'sandbox'",
        broken: &[("an event is about a payment or movement of its application", "events"), BATCH],
    },
    Spoiled {
        how: "UPDATE payments SET captured_minor = captured_minor - 1 WHERE status = 'captured'",
        undone: "UPDATE payments SET captured_minor = captured_minor + 1 WHERE status = 'captured'",
        broken: &[("what a payment captured is what was credited for it", "payments")],
    },
    Spoiled {
        how: "UPDATE payments SET refunded_minor = refunded_minor + 1 WHERE status = 'partially_refunded'",
        undone: "UPDATE payments SET refunded_minor = refunded_minor - 1 WHERE status = 'partially_refunded'",
        broken: &[("what a payment gave back is what its refunds say", "payments")],
    },
    Spoiled {
        how: "UPDATE payments SET refunding_minor = 1 WHERE status = 'captured'",
        undone: "UPDATE payments SET refunding_minor = 0 WHERE status = 'captured'",
        broken: &[("what a payment is giving back is what its refunds under way say", "payments")],
    },
    Spoiled {
        how: "UPDATE due_work SET object_id = 'x' || object_id",
        undone: "UPDATE due_work SET object_id = substr(object_id, 2)",
        broken: &[(WAITS, "payments"), ("what somebody has to look at is there", "due_work")],
    },
    Spoiled {
        how: "INSERT INTO due_work SELECT id, 0, 0 FROM movements",
        undone: "DELETE FROM due_work WHERE due_at_ms = 0",
        broken: &[("somebody looks at a movement exactly as long as it waits", "movements")],
    },
    Spoiled {
        how: "UPDATE idempotency SET answer_sequence = answer_sequence + 70",
        undone: "UPDATE idempotency SET answer_sequence = answer_sequence - 70",
        broken: &[("a call has its answer exactly when its object is no longer being asked about", "idempotency")],
    },
    Spoiled {
        how: "UPDATE batches SET created_at_ms = created_at_ms + 1",
        undone: "UPDATE batches SET created_at_ms = created_at_ms - 1",
        broken: &[BATCH],
    },
    Spoiled {
        how: "UPDATE batches SET sequence = sequence + 1000 WHERE sequence = 2",
        undone: "UPDATE batches SET sequence = sequence - 1000 WHERE sequence > 1000",
        broken: &[("the batches of a lane are numbered from one without gaps", "batches"), BATCH],
    },
    Spoiled {
        how: "UPDATE audit_entries SET detail = detail || ' ' WHERE sequence = 1",
        undone: "UPDATE audit_entries SET detail = substr(detail, 1, length(detail) - 1) WHERE sequence = 1",
        broken: &[("an entry of the audit log follows from the one before it", "audit_entries")],
    },
];

/// Lets rows be what the schema forbids.
fn without_checks(test: &TestDb) -> &'static str {
    match test.db.dialect() {
        Dialect::Sqlite => "PRAGMA ignore_check_constraints = ON; DROP INDEX payments_one_per_order;",
        Dialect::Postgres => {
            "DROP INDEX payments_one_per_order; DO $$ DECLARE name TEXT; owner TEXT; BEGIN \
             FOR name, owner IN SELECT conname, conrelid::regclass FROM pg_constraint WHERE contype = 'c' \
             AND conrelid IN ('payments'::regclass, 'accounts'::regclass) LOOP \
             EXECUTE 'ALTER TABLE ' || owner || ' DROP CONSTRAINT ' || name; END LOOP; END $$;"
        }
    }
}

fn names(faults: &[Fault], (rule, table): (&str, &str)) -> bool {
    faults.iter().any(|fault| fault.rule == rule && fault.table == table && !fault.place.is_empty())
}

both_databases! {
    async fn whatever_is_spoiled_is_named(test: TestDb) {
        let process = Process::start(test, 1).await;
        fill(&process).await;
        process.services.drain().await;
        assert_whole(test).await;
        for Spoiled { how, undone, broken } in SPOILED {
            test.execute(how).await;
            let verdict = verdict(test).await;
            for rule in *broken {
                assert!(names(&verdict.faults, *rule), "{how}: {rule:?} is not among {:#?}", verdict.faults);
            }
            test.execute(undone).await;
            assert_whole(test).await;
        }
    }

    async fn what_the_schema_forbids_is_named_where_the_schema_was_taken_away(test: TestDb) {
        let process = Process::start(test, 1).await;
        let refunded = fill(&process).await;
        process.services.drain().await;
        test.execute(without_checks(test)).await;
        test.execute("UPDATE payments SET refunded_minor = 140 WHERE refunded_minor > 0").await;
        test.execute("UPDATE payments SET order_id = 'A-1' WHERE order_id = 'A-2'").await;
        test.execute("UPDATE accounts SET balance_minor = -1 WHERE purpose = 'available'").await;
        test.execute("UPDATE payments SET payer = 'hld_x', grant_id = 'x', payee = 'x' WHERE refunded_minor > 0").await;
        let faults = verdict(test).await.faults;
        for rule in [
            "a payment of an account holder came from their wallet",
            "what a payment of an account holder gave back went into their wallet",
            "a payment of an account holder used up just the consent that names it",
        ] {
            assert!(names(&faults, (rule, "payments")), "{rule:?} is not among {faults:#?}");
        }
        let above = faults.iter().find(|fault| fault.rule == "no payment gives back more than it captured").unwrap();
        assert_eq!((above.place.as_str(), above.stands.as_str(), above.follows.as_str()),
            (refunded.to_string().as_str(), "140", "100"));
        assert!(names(&faults, ("an order has at most one payment that is alive or paid", "payments")), "{faults:#?}");
        assert!(names(&faults, ("what the platform owes is never below zero", "accounts")), "{faults:#?}");
    }

    async fn lost_rows_are_named(test: TestDb) {
        let process = Process::start(test, 1).await;
        fill(&process).await;
        process.services.drain().await;
        test.execute("DELETE FROM batches WHERE sequence = (SELECT max(sequence) FROM batches)").await;
        let unwritten = ("every line and every event was written by a batch", "events");
        let faults = verdict(test).await.faults;
        assert!(names(&faults, unwritten), "{faults:#?}");
        test.execute("DELETE FROM events WHERE sequence = 2").await;
        test.execute("DELETE FROM ledger_entries WHERE sequence = 2").await;
        let faults = verdict(test).await.faults;
        for rule in [
            BATCH,
            ("every event of a payment is told", "payments"),
            ("lines are numbered from one without gaps", "ledger_entries"),
            ("what a payment captured is what was credited for it", "payments"),
        ] {
            assert!(names(&faults, rule), "{rule:?} is not among {faults:#?}");
        }
    }

    async fn books_are_whole_while_two_processes_write(test: TestDb) {
        let processes = [Arc::new(Process::start(test, 1).await), Arc::new(Process::start(test, 2).await)];
        let caller = processes[0].caller().await;
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = processes.iter().enumerate().map(|(number, process)| {
            let (process, caller, stop) = (Arc::clone(process), caller.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut made = 0;
                while !stop.load(Ordering::Relaxed) {
                    process.pay(&caller, Ask::dollar(&format!("{number}-{made}"))).await.unwrap();
                    made += 1;
                }
                made
            })
        }).collect();
        let mut walked = 0;
        while walked < 100 {
            let found = verdict(test).await;
            assert_eq!(found.faults, []);
            walked = found.walked.get("payments").copied().unwrap_or(0);
        }
        stop.store(true, Ordering::Relaxed);
        let mut made = 0;
        for writer in writers {
            made += writer.await.unwrap();
        }
        let found = verdict(test).await;
        assert_eq!((found.faults.as_slice(), found.walked["payments"]), ([].as_slice(), made));
        assert_eq!(found.end, verdict(test).await.end, "the end stays as long as nothing is written");
    }
}
