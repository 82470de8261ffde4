//! Many commands at once.

use std::sync::Arc;
use std::time::Duration;

use tallyport_service::ServiceError;
use tallyport_service::lane::{BATCH_MAX, WAITING_MAX};
use tallyport_service::payments::PaymentRefusal;
use tallyport_storage::both_databases;
use tokio::task::JoinSet;

use crate::ask::Ask;
use crate::process::{Process, assert_books_are_whole, captured, nonce};

both_databases! {
    async fn five_hundred_payments_at_once_are_each_captured_once(test: TestDb) {
        let process = Arc::new(Process::start(test, 1).await);
        let caller = process.caller().await;
        let mut crowd = JoinSet::new();
        for number in 0..500 {
            let (process, caller) = (Arc::clone(&process), caller.clone());
            crowd.spawn(async move { process.pay(&caller, Ask::dollar(&format!("A-{number}"))).await.unwrap() });
        }
        while let Some(answer) = crowd.join_next().await {
            let answer = answer.unwrap();
            assert!(answer.body.contains("\"status\":\"captured\""), "{answer:?}");
        }
        assert_eq!(captured(test).await, 500);
        assert_eq!(test.number("SELECT balance_minor FROM accounts WHERE purpose = 'available'").await, 50_000);
        assert_eq!(test.number("SELECT balance_minor FROM accounts WHERE purpose = 'clearing'").await, -50_000);
        assert_eq!(test.number("SELECT count(*) FROM events").await, 1_000);
        assert_books_are_whole(test).await;
    }

    async fn full_lane_refuses_with_nothing_done(test: TestDb) {
        let process = Arc::new(Process::start(test, 1).await);
        let caller = process.caller().await;
        let stalled = process.stall().await;
        let asked = WAITING_MAX + 2 * BATCH_MAX;
        let mut crowd = JoinSet::new();
        for number in 0..asked {
            let process = Arc::clone(&process);
            crowd.spawn(async move { process.services.use_nonce(nonce(&format!("n-{number}"))).await });
        }
        // While nothing can be written, only refusals come back: as many as there was no place for.
        for _ in 0..asked - WAITING_MAX - BATCH_MAX {
            let answer = crowd.join_next().await.unwrap().unwrap();
            assert!(matches!(answer, Err(ServiceError::Overloaded)), "{answer:?}");
        }
        let refused = process.pay(&caller, Ask::dollar("A-1")).await;
        assert!(matches!(refused, Err(PaymentRefusal::Service(ServiceError::Overloaded))), "{refused:?}");
        drop(stalled);
        let mut used = 0;
        while let Some(answer) = crowd.join_next().await {
            match answer.unwrap() {
                Ok(was_unused) => used += i64::from(was_unused),
                Err(error) => assert!(matches!(error, ServiceError::Overloaded), "{error:?}"),
            }
        }
        assert_eq!(test.number("SELECT count(*) FROM nonces").await, used);
        assert_eq!(test.number("SELECT count(*) FROM payments").await, 0);
        assert!(!process.pay(&caller, Ask::dollar("A-1")).await.unwrap().is_replayed);
    }

    async fn every_order_of_a_crowd_with_one_key_is_paid_once(test: TestDb) {
        let process = Arc::new(Process::start(test, 1).await);
        let caller = process.caller().await;
        let mut crowd = JoinSet::new();
        for _ in 0..16 {
            let (process, caller) = (Arc::clone(&process), caller.clone());
            crowd.spawn(async move { process.pay(&caller, Ask::dollar("A-1")).await });
        }
        let mut made = 0;
        while let Some(answer) = crowd.join_next().await {
            match answer.unwrap() {
                Ok(answer) => made += i32::from(!answer.is_replayed),
                Err(refusal) => assert!(matches!(refusal, PaymentRefusal::Books(_)), "{refusal:?}"),
            }
        }
        assert_eq!(made, 1);
        assert_eq!(captured(test).await, 1);
        assert_books_are_whole(test).await;
    }

    async fn payment_whose_caller_hung_up_goes_on_to_its_end(test: TestDb) {
        let process = Arc::new(Process::start(test, 1).await);
        let caller = process.caller().await;
        let stalled = process.stall().await;
        let hung_up = tokio::time::timeout(Duration::from_millis(50), process.pay(&caller, Ask::dollar("A-1"))).await;
        assert!(hung_up.is_err());
        drop(stalled);
        process.services.drain().await;
        assert_eq!(captured(test).await, 1);
        assert_books_are_whole(test).await;
    }
}
