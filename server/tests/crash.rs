//! The short form of `cargo xtask bench`'s crashes: the built program is killed under load, and after
//! the restart every payment that a client heard of is there once, in books that add up.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "platform_tests/program.rs"]
#[allow(dead_code, reason = "this test starts and kills the program and asks it through the sdk")]
mod program;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::ids::AppId;
use tallyport_domain::settings::Setting;
use tallyport_domain::{Environment, Language, Role};
use tallyport_sdk::{Client, CreatePayment, Payment};
use tallyport_service::admin::Authority;
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::ports::{SystemClock, SystemRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::verify::verify;
use tallyport_service::{Options, Services};
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{both_databases, payments};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use program::Server;

const KEY_ENCRYPTION_KEY: [u8; 32] = [7; 32];
const CLIENTS: usize = 8;
const KILLS: usize = 2;
/// Acknowledged payments after which the server is killed.
const KILLED_AFTER: usize = 40;

both_databases! {
    async fn killed_under_load_it_keeps_every_acknowledged_payment_once(test: TestDb) {
        let partner = Partner::new(test).await;
        let mut acknowledged = Vec::new();
        for kill in 0..KILLS {
            let server = start(test);
            acknowledged.extend(killed_under_load(server, &partner, kill).await);
        }
        let server = start(test);
        let client = partner.client(&server);
        for payment in &acknowledged {
            let found = client.payments().get(payment.id.parse().unwrap()).await.unwrap();
            assert_eq!(&found, payment);
        }
        check_books(test, &partner, &acknowledged).await;
    }
}

struct Partner {
    application_id: AppId,
    api_key: String,
    api_secret: String,
}

impl Partner {
    async fn new(test: &TestDb) -> Self {
        let services = Services::start(Options {
            db: test.db.clone(),
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            key_encryption_key: Zeroizing::new(KEY_ENCRYPTION_KEY),
            previous_key_encryption_key: None,
            public_url: "http://127.0.0.1".to_owned(),
            mail: tallyport_service::mail::Transport::Local,
            outside_provider: None,
            password_cost: PasswordCost::LEAST,
        })
        .await
        .unwrap();
        let password = Zeroizing::new("a password for the test".to_owned());
        let ada = SignUp { name: "Ada", email: "ada@example.com", password, language: Language::En };
        let member = services.create_account(&Actor::command("test"), ada, Role::Developer).await.unwrap();
        let unlimited =
            [(Setting::WritesPerSecond, "100000".to_owned()), (Setting::ReadsPerSecond, "100000".to_owned())];
        services.change_settings(&Authority::Command("test"), &unlimited).await.unwrap();
        let made = services.make_application(&member, "Shop").await.unwrap();
        services.drain().await;
        Self {
            application_id: made.application.id,
            api_key: made.api_key.to_string(),
            api_secret: made.api_secret.reveal().to_owned(),
        }
    }

    fn client(&self, server: &Server) -> Client {
        Client::new(&format!("http://{}", server.address), &self.api_key, &self.api_secret).unwrap()
    }
}

fn start(test: &TestDb) -> Server {
    let key = STANDARD.encode(KEY_ENCRYPTION_KEY);
    let variables = [("TALLYPORT_KEY_ENCRYPTION_KEY", key.as_str()), ("TALLYPORT_DATABASE_URL", &test.url_text())];
    Server::start_in(tempfile::tempdir().unwrap(), &[], &variables)
}

/// Loads the server from several clients, kills it in the middle, and returns what they heard of.
async fn killed_under_load(mut server: Server, partner: &Partner, kill: usize) -> Vec<Payment> {
    let client = partner.client(&server);
    let (count, reached) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let tasks: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (client, count, reached) = (client.clone(), Arc::clone(&count), Arc::clone(&reached));
            tokio::spawn(async move {
                let mut heard_of = Vec::new();
                for index in 0.. {
                    let order_id = format!("kill{kill}-{number}-{index}");
                    let Ok(payment) = pay(&client, order_id).await else { break };
                    heard_of.push(payment);
                    if count.fetch_add(1, Ordering::Relaxed) + 1 == KILLED_AFTER {
                        reached.notify_one();
                    }
                }
                heard_of
            })
        })
        .collect();
    reached.notified().await;
    server.signal("KILL");
    server.wait();
    let mut heard_of = Vec::new();
    for task in tasks {
        heard_of.extend(task.await.unwrap());
    }
    assert!(heard_of.len() >= KILLED_AFTER);
    heard_of
}

async fn pay(client: &Client, order_id: String) -> Result<Payment, tallyport_sdk::Error> {
    let key = order_id.parse().unwrap();
    let (amount, currency, method) = ("10.00".to_owned(), "USD".to_owned(), Some("card_ok".to_owned()));
    let payment = CreatePayment { order_id, amount, currency, method, ..CreatePayment::default() };
    client.payments().create(&payment, &key).await
}

async fn check_books(test: &TestDb, partner: &Partner, acknowledged: &[Payment]) {
    assert_eq!(verify(&test.db, &mut |_, _| ()).await.unwrap().faults, []);
    let mut tx = test.db.begin_read().await.unwrap();
    let stored = payments::list(&mut tx, partner.application_id, Environment::Sandbox, None, i64::MAX).await.unwrap();
    let mut ids_by_order: HashMap<&str, Vec<String>> = HashMap::new();
    for payment in &stored {
        ids_by_order.entry(payment.asked.order_id.as_str()).or_default().push(payment.asked.id.to_string());
    }
    for payment in acknowledged {
        assert_eq!(ids_by_order[payment.order_id.as_str()], [payment.id.as_str()], "{payment:?}");
    }
}
