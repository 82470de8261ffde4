//! What administrators see of unknown outcomes.

use tallyport_domain::Environment;
use tallyport_domain::ids::{ObjectId, WithdrawalId};
use tallyport_domain::movement::MovementState;
use tallyport_storage::administration::{unknown_movements, unknown_payments};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;

use crate::fixtures::add_applications;

/// A withdrawal that nobody knows the outcome of, with its work.
async fn add_unknown(
    test: &TestDb,
    application: &str,
    number: u8,
    environment: Environment,
    due_at_ms: i64,
) -> ObjectId {
    let id = ObjectId::Withdrawal(WithdrawalId::from_parts(i64::from(number), [number; 10]));
    test.execute(&format!(
        "INSERT INTO movements (id, kind, application_id, environment, amount_minor, currency, channel, is_to_balance, \
         status, checks, due_at_ms, event_count, created_at_ms, updated_at_ms) \
         VALUES ('{id}', 'withdrawal', '{application}', '{environment}', 200, 'USD', 'sandbox_bank', 0, \
         'unknown', 3, {due_at_ms}, 1, 1, 1)"
    ))
    .await;
    test.execute(&format!("INSERT INTO due_work (object_id, attempts, due_at_ms) VALUES ('{id}', 0, {due_at_ms})"))
        .await;
    id
}

both_databases! {
    async fn unknown_movements_are_listed_live_first_and_then_by_their_time(test: TestDb) {
        let (_, applications) = add_applications(test, 1).await;
        let application = applications[0].id.to_string();
        let late = add_unknown(test, &application, 1, Environment::Sandbox, 90).await;
        let soon = add_unknown(test, &application, 2, Environment::Sandbox, 10).await;
        let live = add_unknown(test, &application, 3, Environment::Live, 99).await;
        let done = add_unknown(test, &application, 4, Environment::Live, 5).await;
        test.execute(&format!(
            "UPDATE movements SET status = 'succeeded', checks = NULL, due_at_ms = NULL WHERE id = '{done}'"
        ))
        .await;
        let mut reader = test.db.read().await.unwrap();
        let found = unknown_movements(&mut reader, 10).await.unwrap();
        assert_eq!(found.iter().map(|movement| movement.id).collect::<Vec<_>>(), [live, soon, late]);
        assert_eq!(found[1].state, MovementState::Unknown { checks: 3, next_check_at_ms: 10 });
        assert_eq!(unknown_movements(&mut reader, 2).await.unwrap().len(), 2);
        assert!(unknown_payments(&mut reader, 10).await.unwrap().is_empty());
    }
}
