use tallyport_storage::test_support::TestDb;
use tallyport_storage::{Tx, both_databases, developers, recovery_codes, totp};

use crate::fixtures::developer;

/// How often each race is run on each database.
const RACE_ROUNDS: u8 = 200;
const RACERS: usize = 16;

async fn add_developer(test: &TestDb) {
    let mut tx = test.db.begin_write().await.unwrap();
    developers::insert(&mut tx, &developer(1)).await.unwrap();
    tx.commit().await.unwrap();
}

/// How many of sixteen transactions at once succeed.
async fn winners<F>(test: &TestDb, attempt: fn(Tx, u8) -> F, round: u8) -> usize
where
    F: Future<Output = bool> + Send + 'static,
{
    let attempts: Vec<_> = (0..RACERS)
        .map(|_| {
            let db = test.db.clone();
            tokio::spawn(async move { attempt(db.begin_write().await.unwrap(), round).await })
        })
        .collect();
    let mut winners = 0;
    for attempt in attempts {
        winners += usize::from(attempt.await.unwrap());
    }
    winners
}

async fn use_step(mut tx: Tx, round: u8) -> bool {
    let used = totp::use_step(&mut tx, developer(1).id, 100 + i64::from(round)).await.unwrap();
    tx.commit().await.unwrap();
    used
}

async fn take_code(mut tx: Tx, round: u8) -> bool {
    let taken = recovery_codes::take(&mut tx, developer(1).id, &[round; 32], 5).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

both_databases! {
    async fn of_sixteen_who_use_a_step_at_once_one_wins(test: TestDb) {
        add_developer(test).await;
        let id = developer(1).id;
        let mut tx = test.db.begin_write().await.unwrap();
        assert!(totp::begin(&mut tx, id, b"secret", 1).await.unwrap());
        assert!(totp::confirm(&mut tx, id, b"secret", 99, 2).await.unwrap());
        tx.commit().await.unwrap();
        for round in 0..RACE_ROUNDS {
            assert_eq!(winners(test, use_step, round).await, 1, "round {round}");
        }
    }

    async fn of_sixteen_who_use_a_recovery_code_at_once_one_wins(test: TestDb) {
        add_developer(test).await;
        let hashes: Vec<_> = (0..RACE_ROUNDS).map(|round| [round; 32]).collect();
        let mut tx = test.db.begin_write().await.unwrap();
        recovery_codes::replace(&mut tx, developer(1).id, &hashes, 1).await.unwrap();
        tx.commit().await.unwrap();
        for round in 0..RACE_ROUNDS {
            assert_eq!(winners(test, take_code, round).await, 1, "round {round}");
        }
        let mut reader = test.db.read().await.unwrap();
        assert_eq!(recovery_codes::count_unused(&mut reader, developer(1).id).await.unwrap(), 0);
    }

    async fn a_secret_counts_once_it_is_confirmed_and_is_not_replaced_after(test: TestDb) {
        add_developer(test).await;
        let id = developer(1).id;
        let mut tx = test.db.begin_write().await.unwrap();
        assert!(totp::begin(&mut tx, id, b"first", 1).await.unwrap());
        assert!(!totp::use_step(&mut tx, id, 5).await.unwrap());
        assert!(totp::begin(&mut tx, id, b"second", 2).await.unwrap());
        assert!(!totp::confirm(&mut tx, id, b"first", 5, 3).await.unwrap());
        assert!(totp::confirm(&mut tx, id, b"second", 5, 3).await.unwrap());
        assert!(!totp::confirm(&mut tx, id, b"second", 5, 3).await.unwrap());
        assert!(!totp::begin(&mut tx, id, b"third", 4).await.unwrap());
        assert!(!totp::use_step(&mut tx, id, 5).await.unwrap());
        assert!(!totp::use_step(&mut tx, id, 4).await.unwrap());
        assert!(totp::use_step(&mut tx, id, 6).await.unwrap());
        assert!(totp::delete(&mut tx, id).await.unwrap());
        assert_eq!(totp::find(&mut tx, id).await.unwrap(), None);
    }
}
