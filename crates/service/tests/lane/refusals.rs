//! What the database refuses, and whom it concerns.

use std::sync::Arc;

use tallyport_service::ServiceError;
use tallyport_service::payments::PaymentRefusal;
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{Dialect, both_databases};
use tokio::task::JoinSet;

use crate::ask::Ask;
use crate::process::{Process, assert_books_are_whole, captured};

/// Makes the database refuse the order `POISON`, as it would refuse a mistake of ours.
async fn refuse_poison(test: &TestDb) {
    let sql = match test.db.dialect() {
        Dialect::Sqlite => {
            "CREATE TRIGGER no_poison BEFORE INSERT ON payments WHEN NEW.order_id = 'POISON' \
             BEGIN SELECT RAISE(ABORT, 'poison'); END"
        }
        Dialect::Postgres => "ALTER TABLE payments ADD CONSTRAINT no_poison CHECK (order_id <> 'POISON')",
    };
    test.execute(sql).await;
}

both_databases! {
    async fn command_that_the_database_refuses_spoils_nobody_elses(test: TestDb) {
        let process = Arc::new(Process::start(test, 1).await);
        let caller = process.caller().await;
        refuse_poison(test).await;
        let stalled = process.stall().await;
        let mut crowd = JoinSet::new();
        for number in 0..40 {
            let (process, caller) = (Arc::clone(&process), caller.clone());
            crowd.spawn(async move {
                let order = if number == 20 { "POISON".to_owned() } else { format!("A-{number}") };
                (number, process.pay(&caller, Ask::dollar(&order)).await)
            });
        }
        tokio::task::yield_now().await;
        drop(stalled);
        while let Some(answer) = crowd.join_next().await {
            match answer.unwrap() {
                (20, answer) => {
                    let Err(PaymentRefusal::Service(error @ ServiceError::Storage(_))) = answer else {
                        panic!("{answer:?}")
                    };
                    assert!(!error.is_temporary());
                }
                (_, answer) => assert!(!answer.unwrap().is_replayed),
            }
        }
        assert_eq!(captured(test).await, 39);
        assert_books_are_whole(test).await;
    }

    async fn failed_payment_frees_its_order_and_moves_no_money(test: TestDb) {
        let process = Process::start(test, 1).await;
        let caller = process.caller().await;
        let declined = Ask { method: "card_declined", ..Ask::dollar("A-1") };
        let answer = process.pay(&caller, declined).await.unwrap();
        assert!(answer.body.contains("\"status\":\"failed\""), "{answer:?}");
        assert_eq!(test.number("SELECT count(*) FROM ledger_entries").await, 0);
        let anew = Ask { key: "another", ..Ask::dollar("A-1") };
        let answer = process.pay(&caller, anew).await.unwrap();
        assert!(answer.body.contains("\"status\":\"captured\""), "{answer:?}");
        assert_books_are_whole(test).await;
    }
}
