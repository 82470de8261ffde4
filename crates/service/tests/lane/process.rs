//! A process: services of its own on a database that others may use too.

use std::sync::Arc;
use std::time::Duration;

use tallyport_domain::books::{Nonce, NonceId};
use tallyport_domain::ids::{DeveloperId, TeamId};
use tallyport_domain::{Language, Role, TeamRole, TokenAlgorithm};
use tallyport_service::applications::MadeApplication;
use tallyport_service::payments::{CallAnswer, PaymentRefusal};
use tallyport_service::ports::{FixedClock, Randomness, SeededRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::verify::verify;
use tallyport_service::{Caller, Member, Options, Services};
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::teams::{self, TeamRecord};
use tallyport_storage::test_support::{TestDb, stall_lanes};
use tallyport_storage::{Db, DbOptions, Tx};
use zeroize::Zeroizing;

use crate::ask::{Ask, caller_of};

pub(crate) const BEGINNING_MS: i64 = 1_790_000_000_000;
pub(crate) const PUBLIC_URL: &str = "https://pay.example";

pub(crate) struct Process {
    pub(crate) services: Services,
}

impl Process {
    /// A process with connections of its own. The number makes its ids differ from other processes'.
    pub(crate) async fn start(test: &TestDb, number: u64) -> Self {
        Self::start_at(test, number, BEGINNING_MS).await
    }

    pub(crate) async fn start_at(test: &TestDb, number: u64, now_ms: i64) -> Self {
        Self { services: Services::start(options(test, number, now_ms).await).await.unwrap() }
    }

    /// A process that looks at nothing by itself.
    pub(crate) async fn idle_at(test: &TestDb, number: u64, now_ms: i64) -> Self {
        Self { services: Services::without_workers(options(test, number, now_ms).await).await.unwrap() }
    }

    /// A process that looks at nothing by itself and draws from there.
    pub(crate) async fn idle_with(test: &TestDb, randomness: Arc<dyn Randomness>) -> Self {
        let options = Options { randomness, ..options(test, 1, BEGINNING_MS).await };
        Self { services: Services::without_workers(options).await.unwrap() }
    }

    /// A new application that calls with every scope.
    pub(crate) async fn caller(&self) -> Caller {
        caller_of(&self.application().await)
    }

    /// The one application of this database, with its secrets.
    pub(crate) async fn application(&self) -> MadeApplication {
        self.services.make_application(&self.member().await, "Shop").await.unwrap()
    }

    /// The one developer of this database.
    pub(crate) async fn member(&self) -> Member {
        let id = DeveloperId::from_parts(BEGINNING_MS, [1; 10]);
        let record = DeveloperRecord {
            id,
            name: "Ada".to_owned(),
            email: "ada@example.com".to_owned(),
            email_key: "ada@example.com".to_owned(),
            password_hash: "$argon2id$none".to_owned(),
            role: Role::Developer,
            language: Language::En,
            email_verified_at_ms: Some(BEGINNING_MS),
            suspended_at_ms: None,
            closed_at_ms: None,
            created_at_ms: BEGINNING_MS,
        };
        let mut tx = self.services.db().begin_write().await.unwrap();
        developers::insert(&mut tx, &record).await.unwrap();
        let team =
            TeamRecord { id: TeamId::from_parts(BEGINNING_MS, [1; 10]), name: "Ada".to_owned(), created_at_ms: 0 };
        teams::insert(&mut tx, &team).await.unwrap();
        teams::add_member(&mut tx, team.id, id, TeamRole::Owner, 0).await.unwrap();
        tx.commit().await.unwrap();
        Member {
            developer_id: id,
            name: record.name,
            email: record.email,
            role: Role::Developer,
            language: Language::En,
            network: None,
            command: None,
        }
    }

    pub(crate) async fn pay(&self, caller: &Caller, ask: Ask<'_>) -> Result<CallAnswer, PaymentRefusal> {
        self.services.create_payment(caller, ask.request()).await
    }

    /// Keeps the lane waiting until what this returns is dropped.
    pub(crate) async fn stall(&self) -> Tx {
        stall_lanes(self.services.db()).await
    }
}

async fn options(test: &TestDb, number: u64, now_ms: i64) -> Options {
    let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
    Options {
        db: Db::open(&test.url, &options).await.unwrap(),
        clock: Arc::new(FixedClock::at(now_ms)),
        randomness: Arc::new(SeededRandomness::new(number)),
        key_encryption_key: Zeroizing::new([7; 32]),
        previous_key_encryption_key: None,
        public_url: PUBLIC_URL.to_owned(),
        mail: tallyport_service::mail::Transport::Local,
        outside_provider: None,
        password_cost: PasswordCost::LEAST,
        token_algorithm: TokenAlgorithm::Es256,
    }
}

/// Waits until it is so.
pub(crate) async fn until(mut condition: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("it happens in time");
}

pub(crate) fn nonce(value: &str) -> Nonce {
    Nonce {
        id: NonceId { key_id: "ak_1".to_owned(), value: value.to_owned() },
        expires_at_ms: BEGINNING_MS + 1_000_000,
    }
}

/// Checks that the ledger, the events and the stored answers of the whole database agree.
pub(crate) async fn assert_books_are_whole(test: &TestDb) {
    assert_eq!(verify(&test.db, &mut |_, _| ()).await.unwrap().faults, []);
}

pub(crate) async fn captured(test: &TestDb) -> i64 {
    test.number("SELECT count(*) FROM payments WHERE status = 'captured'").await
}
