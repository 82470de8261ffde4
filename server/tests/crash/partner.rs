//! A partner whose application pays, and what it finds afterwards.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::ids::AppId;
use tallyport_domain::settings::Setting;
use tallyport_domain::{Environment, Language, Role, TokenAlgorithm};
use tallyport_sdk::{Client, CreatePayment, Payment};
use tallyport_service::admin::Authority;
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::ports::{SystemClock, SystemRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::verify::verify;
use tallyport_service::{Options, Services};
use tallyport_storage::{DatabaseUrl, Db, DbOptions, migrate, payments};
use zeroize::Zeroizing;

use crate::program::{Server, ask};

const KEY_ENCRYPTION_KEY: [u8; 32] = [7; 32];

/// The settings of every server here; the database's address comes on top.
pub(crate) fn key_variable() -> (&'static str, String) {
    ("TALLYPORT_KEY_ENCRYPTION_KEY", STANDARD.encode(KEY_ENCRYPTION_KEY))
}

/// An application without limits, and its keys.
pub(crate) struct Partner {
    application_id: AppId,
    api_key: String,
    api_secret: String,
}

impl Partner {
    pub(crate) async fn new(db: &Db) -> Self {
        let services = Services::start(Options {
            db: db.clone(),
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            key_encryption_key: Zeroizing::new(KEY_ENCRYPTION_KEY),
            previous_key_encryption_key: None,
            public_url: "http://127.0.0.1".to_owned(),
            mail: tallyport_service::mail::Transport::Local,
            outside_provider: None,
            password_cost: PasswordCost::LEAST,
            token_algorithm: TokenAlgorithm::Es256,
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

    /// Reads a payment without a signature, so that no nonce has to be kept for it.
    pub(crate) fn read(&self, server: &Server, payment_id: &str) -> Payment {
        let form = b"grant_type=client_credentials";
        let basic = STANDARD.encode(format!("{}:{}", self.api_key, self.api_secret));
        let head = format!(
            "POST /oauth/token\nauthorization: Basic {basic}\ncontent-length: {}\n\
             content-type: application/x-www-form-urlencoded",
            form.len()
        );
        let answer: serde_json::Value = serde_json::from_str(&ask(server.address, &head, form).body).unwrap();
        let token = answer["access_token"].as_str().unwrap();
        let head = format!("GET /v1/payments/{payment_id}\nauthorization: Bearer {token}");
        serde_json::from_str(&ask(server.address, &head, b"").body).unwrap()
    }

    /// The partner of a new SQLite file, which is closed, so that all of it is in the one file.
    pub(crate) async fn of_file(file: &Path) -> Self {
        let db = open(file).await;
        migrate::run(&db, 0).await.unwrap();
        let partner = Self::new(&db).await;
        db.close().await;
        partner
    }

    pub(crate) fn client(&self, server: &Server) -> Client {
        Client::new(&format!("http://{}", server.address), &self.api_key, &self.api_secret).unwrap()
    }

    /// Checks that the books are whole, and that every one of these orders was paid once.
    pub(crate) async fn check(&self, db: &Db, acknowledged: impl IntoIterator<Item = &str>) {
        assert_eq!(verify(db, &mut |_, _| ()).await.unwrap().faults, []);
        let mut tx = db.begin_read().await.unwrap();
        let stored = payments::list(&mut tx, self.application_id, Environment::Sandbox, None, i64::MAX).await.unwrap();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for payment in &stored {
            *counts.entry(payment.asked.order_id.as_str()).or_default() += 1;
        }
        for order_id in acknowledged {
            assert_eq!(counts.get(order_id), Some(&1), "{order_id} was acknowledged");
        }
    }
}

pub(crate) async fn open(file: &Path) -> Db {
    Db::open(&DatabaseUrl::Sqlite { path: file.to_owned() }, &DbOptions::default()).await.unwrap()
}

/// Ten dollars by a good card for an order, whose number is the key as well.
pub(crate) async fn pay(client: &Client, order_id: String) -> Result<Payment, tallyport_sdk::Error> {
    let key = order_id.parse().unwrap();
    let (amount, currency, method) = ("10.00".to_owned(), "USD".to_owned(), Some("card_ok".to_owned()));
    let payment = CreatePayment { order_id, amount, currency, method, ..CreatePayment::default() };
    client.payments().create(&payment, &key).await
}
