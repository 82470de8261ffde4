//! A process on a database of its own, and the people in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tallyport_domain::ids::{DeveloperId, TeamId};
use tallyport_domain::{Language, Role, TeamRole, TokenAlgorithm};
use tallyport_service::admin::{Administrator, Authority};
use tallyport_service::ports::{FixedClock, SeededRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{Member, Options, Services};
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::teams::{self, TeamRecord};
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{Db, DbOptions};
use zeroize::Zeroizing;

pub(crate) const BEGINNING_MS: i64 = 1_790_000_000_000;
/// What commands do in these tests.
pub(crate) const COMMAND: Authority = Authority::Command("test");

/// A process with connections of its own.
pub(crate) struct Ground {
    pub(crate) services: Services,
    pub(crate) clock: Arc<FixedClock>,
    people: AtomicU8,
}

impl Ground {
    pub(crate) async fn on(test: &TestDb) -> Self {
        Self::start(test, 1).await
    }

    /// The number makes its ids differ from those of other processes.
    pub(crate) async fn start(test: &TestDb, number: u64) -> Self {
        let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
        let db = Db::open(&test.url, &options).await.unwrap();
        let clock = Arc::new(FixedClock::at(BEGINNING_MS));
        let options = Options {
            db,
            clock: Arc::clone(&clock) as _,
            randomness: Arc::new(SeededRandomness::new(number)),
            key_encryption_key: Zeroizing::new([7; 32]),
            previous_key_encryption_key: None,
            public_url: "https://pay.example".to_owned(),
            mail: tallyport_service::mail::Transport::Local,
            outside_provider: None,
            password_cost: PasswordCost::LEAST,
            token_algorithm: TokenAlgorithm::Es256,
        };
        Self { services: Services::start(options).await.unwrap(), clock, people: AtomicU8::new(0) }
    }

    /// Somebody with an account and a team, made without hashing a password.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Member {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let id = DeveloperId::from_parts(BEGINNING_MS + i64::from(number), [number; 10]);
        let email = format!("{}@example.com", name.to_lowercase());
        let record = DeveloperRecord {
            id,
            name: name.to_owned(),
            email_key: email.clone(),
            email,
            password_hash: "$argon2id$none".to_owned(),
            role,
            language: Language::En,
            email_verified_at_ms: Some(BEGINNING_MS),
            suspended_at_ms: None,
            closed_at_ms: None,
            created_at_ms: BEGINNING_MS,
        };
        let mut tx = self.services.db().begin_write().await.unwrap();
        developers::insert(&mut tx, &record).await.unwrap();
        let team_id = TeamId::from_parts(BEGINNING_MS + i64::from(number), [number; 10]);
        let team = TeamRecord { id: team_id, name: name.to_owned(), created_at_ms: BEGINNING_MS };
        teams::insert(&mut tx, &team).await.unwrap();
        teams::add_member(&mut tx, team_id, id, TeamRole::Owner, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
        self.services.find_member(id).await.unwrap().unwrap()
    }

    /// An administrator as they decide something.
    pub(crate) async fn administrator(&self, name: &str) -> Administrator {
        Administrator::of(self.person(name, Role::Administrator).await).unwrap()
    }
}
