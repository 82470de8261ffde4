use std::sync::Arc;

use tallyport_domain::{Role, TokenAlgorithm};
use tallyport_service::audit::Actor;
use tallyport_service::mail::Transport;
use tallyport_service::ports::{FixedClock, SeededRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{CallFrom, Options, ServiceError, Services};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{Db, DbOptions};
use zeroize::Zeroizing;

use crate::crowd::at_once;
use crate::ground::{BEGINNING_MS, Ground};

/// The key that every ground starts with.
const OLD: [u8; 32] = [7; 32];
const NEW: [u8; 32] = [8; 32];

async fn start(
    test: &TestDb,
    number: u64,
    current: [u8; 32],
    previous: Option<[u8; 32]>,
) -> Result<Services, ServiceError> {
    let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
    Services::start(Options {
        db: Db::open(&test.url, &options).await.unwrap(),
        clock: Arc::new(FixedClock::at(BEGINNING_MS)),
        randomness: Arc::new(SeededRandomness::new(number)),
        key_encryption_key: Zeroizing::new(current),
        previous_key_encryption_key: previous.map(Zeroizing::new),
        public_url: "https://pay.example".to_owned(),
        mail: Transport::Local,
        outside_provider: None,
        password_cost: PasswordCost::LEAST,
        token_algorithm: TokenAlgorithm::Es256,
    })
    .await
}

both_databases! {
    async fn the_operators_key_changes_while_processes_serve(test: TestDb) {
        let serving = Ground::on(test).await;
        let ada = serving.person("Ada", Role::Developer).await;
        let app = serving.services.make_application(&ada, "Shop").await.unwrap();
        let (key, secret) = (app.api_key.to_string(), app.api_secret.reveal().to_owned());
        assert!(matches!(start(test, 2, NEW, None).await, Err(ServiceError::Vault(_))));

        let both = start(test, 3, NEW, Some(OLD)).await.unwrap();
        both.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap();
        let done = both.rewrap_data_keys(&Actor::command("keys rewrap")).await.unwrap();
        assert_eq!((done.rewrapped, done.total), (1, 1));
        let again = both.rewrap_data_keys(&Actor::command("keys rewrap")).await.unwrap();
        assert_eq!((again.rewrapped, again.total), (0, 1));
        let noted = "SELECT count(*) FROM audit_entries WHERE action = 'keys.rewrapped'";
        assert_eq!(test.number(noted).await, 1);

        // Who served all the time goes on, old secrets and new ones alike.
        let fresh = serving.services.make_application(&ada, "Second").await.unwrap();
        serving.services.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap();
        let new_only = start(test, 4, NEW, None).await.unwrap();
        for (key, secret) in [(&key, &secret[..]), (&fresh.api_key.to_string(), fresh.api_secret.reveal())] {
            new_only.issue_token(key, secret, None, CallFrom::Unknown).await.unwrap();
        }
        let fresh_there = new_only.make_application(&ada, "Third").await.unwrap();
        let (key, secret) = (fresh_there.api_key.to_string(), fresh_there.api_secret.reveal().to_owned());
        serving.services.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap();
        assert!(matches!(start(test, 5, OLD, None).await, Err(ServiceError::Vault(_))));
    }

    async fn of_sixteen_who_rewrap_at_once_each_key_is_rewrapped_once(test: TestDb) {
        Ground::on(test).await;
        let both = start(test, 2, NEW, Some(OLD)).await.unwrap();
        let done = at_once(|_| {
            let services = both.clone();
            async move { services.rewrap_data_keys(&Actor::command("keys rewrap")).await.unwrap().rewrapped }
        })
        .await;
        assert_eq!(done.iter().sum::<usize>(), 1);
        start(test, 3, NEW, None).await.unwrap();
    }
}
