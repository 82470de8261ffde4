//! Two processes on one database: every race has one winner, and the loser hears the right thing.

use std::sync::Arc;

use tallyport_domain::books::Refusal;
use tallyport_service::CallFrom;
use tallyport_service::payments::{CallAnswer, PaymentRefusal};
use tallyport_storage::both_databases;
use tokio::task::JoinSet;

use crate::ask::Ask;
use crate::process::{Process, assert_books_are_whole, captured, nonce};

/// Currencies that nobody has an account in yet: the first payment in each opens two.
const CURRENCIES: [&str; 8] = ["USD", "EUR", "CNY", "JPY", "GBP", "CHF", "KWD", "HKD"];

fn is_made(answer: &Result<CallAnswer, PaymentRefusal>) -> bool {
    matches!(answer, Ok(answer) if !answer.is_replayed)
}

both_databases! {
    async fn order_that_two_processes_pay_is_paid_once(test: TestDb) {
        let processes = [Arc::new(Process::start(test, 1).await), Arc::new(Process::start(test, 2).await)];
        let caller = processes[0].caller().await;
        for currency in CURRENCIES {
            let mut crowd = JoinSet::new();
            for (number, process) in processes.iter().enumerate() {
                for order in 0..4 {
                    let (own, own_caller) = (Arc::clone(process), caller.clone());
                    crowd.spawn(async move {
                        let (order, key) = (format!("{currency}-{order}"), format!("{currency}-{order}-{number}"));
                        let ask = Ask { order: &order, key: &key, currency, method: "card_ok" };
                        own.pay(&own_caller, ask).await
                    });
                    // Neighbours in the same batches, which must not feel any of it.
                    let (process, caller) = (Arc::clone(process), caller.clone());
                    crowd.spawn(async move {
                        let key = format!("{currency}-{order}-{number}-own");
                        let ask = Ask { order: &key, key: &key, currency, method: "card_ok" };
                        let answer = process.pay(&caller, ask).await;
                        assert!(is_made(&answer), "{answer:?}");
                        answer
                    });
                }
            }
            let mut made = 0;
            while let Some(answer) = crowd.join_next().await {
                let answer = answer.unwrap();
                made += i32::from(is_made(&answer));
                if !is_made(&answer) {
                    use Refusal::{OrderAlreadyPaid, OrderInProgress};
                    let is_right = matches!(
                        answer,
                        Err(PaymentRefusal::Books(OrderAlreadyPaid { .. } | OrderInProgress { .. }))
                    );
                    assert!(is_right, "{answer:?}");
                }
            }
            assert_eq!(made, 4 + 8);
        }
        assert_eq!(captured(test).await, 8 * 12);
        assert_eq!(test.number("SELECT count(*) FROM accounts").await, 2 * 8);
        assert_books_are_whole(test).await;
    }

    async fn key_that_two_processes_get_makes_one_payment(test: TestDb) {
        let processes = [Arc::new(Process::start(test, 1).await), Arc::new(Process::start(test, 2).await)];
        let caller = processes[0].caller().await;
        for round in 0..8 {
            let mut crowd = JoinSet::new();
            for process in &processes {
                for _ in 0..4 {
                    let (process, caller) = (Arc::clone(process), caller.clone());
                    crowd.spawn(async move { process.pay(&caller, Ask::dollar(&format!("A-{round}"))).await });
                }
            }
            let mut made = 0;
            while let Some(answer) = crowd.join_next().await {
                match answer.unwrap() {
                    Ok(answer) => made += i32::from(!answer.is_replayed),
                    Err(PaymentRefusal::Books(Refusal::IdempotencyInProgress)) => {}
                    Err(refusal) => panic!("{refusal:?}"),
                }
            }
            assert_eq!(made, 1);
        }
        assert_eq!(captured(test).await, 8);
        assert_books_are_whole(test).await;
    }

    async fn nonce_works_once_across_processes(test: TestDb) {
        let processes = [Arc::new(Process::start(test, 1).await), Arc::new(Process::start(test, 2).await)];
        for round in 0..8 {
            let mut crowd = JoinSet::new();
            for process in &processes {
                for _ in 0..8 {
                    let process = Arc::clone(process);
                    crowd.spawn(async move { process.services.use_nonce(nonce(&format!("n-{round}"))).await.unwrap() });
                }
            }
            let answers = crowd.join_all().await;
            assert_eq!(answers.iter().filter(|was_unused| **was_unused).count(), 1);
        }
    }

    empty async fn processes_that_start_at_once_share_their_keys(test: TestDb) {
        let (first, second) = tokio::join!(
            async {
                tallyport_storage::migrate::run(&test.db, 0).await.unwrap();
                Process::start(test, 1).await
            },
            async {
                tallyport_storage::migrate::run(&test.db, 0).await.unwrap();
                Process::start(test, 2).await
            }
        );
        // One signs tokens, one answers.
        assert_eq!(first.services.public_keys().len(), 2);
        assert_eq!(first.services.public_keys(), second.services.public_keys());
        assert_eq!(test.number("SELECT count(*) FROM data_keys").await, 1);
        // What one seals and signs, the other opens and lets in.
        let made = first.application().await;
        let (api_key, api_secret) = (made.api_key.to_string(), made.api_secret.reveal());
        let token = second.services.issue_token(&api_key, api_secret, None, CallFrom::Unknown).await.unwrap().access_token;
        let caller = first.services.authenticate(&token, CallFrom::Unknown).await.unwrap().unwrap();
        assert_eq!(caller.application_id, made.application.id);
    }
}
