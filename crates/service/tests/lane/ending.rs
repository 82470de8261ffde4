//! Processes that end, in order or not.

use std::sync::Arc;

use tallyport_domain::books::Command;
use tallyport_domain::ids::PaymentId;
use tallyport_service::payments::PaymentRefusal;
use tallyport_service::{Caller, ServiceError};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;
use tokio::task::JoinSet;

use crate::ask::Ask;
use crate::by_hand::write_batch;
use crate::process::{BEGINNING_MS, Process, assert_books_are_whole, captured};

const LEASE_MS: i64 = 30_000;

/// Does what a process does before it asks the channel, and nothing more, as if it died there.
async fn make_and_die(test: &TestDb, caller: &Caller, order: &str, number: u8) -> PaymentId {
    let id = PaymentId::from_parts(BEGINNING_MS, [number; 10]);
    let command = Command::CreatePayment(Box::new(Ask::dollar(order).command(caller, id)));
    write_batch(test, number, &[command]).await;
    id
}

both_databases! {
    async fn payment_of_a_lost_process_is_captured_once_by_another(test: TestDb) {
        let caller = Process::start(test, 1).await.caller().await;
        for number in 0..5 {
            make_and_die(test, &caller, &format!("A-{number}"), number).await;
        }
        assert_books_are_whole(test).await;

        let early = Process::start_at(test, 2, BEGINNING_MS + LEASE_MS - 1).await;
        assert_eq!(early.services.do_due_work().await.unwrap(), 0);
        early.services.drain().await;
        assert_eq!(captured(test).await, 0);

        // Several look at once, and their own workers beside them.
        let mut crowd = JoinSet::new();
        for number in 3..6 {
            let process = Process::start_at(test, number, BEGINNING_MS + LEASE_MS).await;
            crowd.spawn(async move {
                let taken = process.services.do_due_work().await.unwrap();
                process.services.drain().await;
                taken
            });
        }
        assert!(crowd.join_all().await.into_iter().sum::<usize>() <= 5);
        assert_eq!(captured(test).await, 5);
        assert_eq!(test.number("SELECT balance_minor FROM accounts WHERE purpose = 'available'").await, 500);
        assert_books_are_whole(test).await;

        let process = Process::start(test, 9).await;
        let replayed = process.pay(&caller, Ask::dollar("A-3")).await.unwrap();
        assert!(replayed.is_replayed);
        assert!(replayed.body.contains("\"status\":\"captured\""), "{replayed:?}");
    }

    async fn key_of_an_unfinished_payment_is_in_progress(test: TestDb) {
        let process = Process::start(test, 1).await;
        let caller = process.caller().await;
        let id = make_and_die(test, &caller, "A-1", 1).await;
        let again = process.pay(&caller, Ask::dollar("A-1")).await.unwrap_err();
        assert_eq!(again.to_string(), "the first request with this idempotency key is still under way");
        let other_key = process.pay(&caller, Ask { key: "other", ..Ask::dollar("A-1") }).await.unwrap_err();
        assert_eq!(other_key.to_string(), format!("the order is being paid by {id}"));
    }

    async fn drain_answers_everything_that_waited(test: TestDb) {
        let process = Arc::new(Process::start(test, 1).await);
        let caller = process.caller().await;
        let stalled = process.stall().await;
        let mut crowd = JoinSet::new();
        for number in 0..300 {
            let (process, caller) = (Arc::clone(&process), caller.clone());
            crowd.spawn(async move { process.pay(&caller, Ask::dollar(&format!("A-{number}"))).await });
        }
        let draining = tokio::spawn({
            let process = Arc::clone(&process);
            async move { process.services.drain().await }
        });
        drop(stalled);
        draining.await.unwrap();
        // Once the drain is over, nothing is under way any more: all is done, or was never begun.
        assert_books_are_whole(test).await;
        assert_eq!(test.number("SELECT count(*) FROM payments WHERE status = 'processing'").await, 0);
        let mut made = 0;
        while let Some(answer) = crowd.join_next().await {
            match answer.unwrap() {
                Ok(_) => made += 1,
                Err(PaymentRefusal::Service(ServiceError::Stopping)) => {}
                Err(refusal) => panic!("{refusal:?}"),
            }
        }
        assert_eq!(captured(test).await, made);
        let late = process.pay(&caller, Ask::dollar("late")).await;
        assert!(matches!(late, Err(PaymentRefusal::Service(ServiceError::Stopping))), "{late:?}");
    }

    async fn drain_of_an_idle_process_returns_at_once_and_twice(test: TestDb) {
        let process = Process::start(test, 1).await;
        process.services.drain().await;
        process.services.drain().await;
    }
}
