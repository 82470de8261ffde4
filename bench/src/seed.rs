//! An application to pay with, made through the use cases that the portal calls, before the server
//! starts.

use std::sync::Arc;

use anyhow::Result;
use tallyport_domain::ids::AppId;
use tallyport_domain::settings::Setting;
use tallyport_domain::{Language, Role, TokenAlgorithm};
use tallyport_service::admin::Authority;
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::ports::{Clock as _, SystemClock, SystemRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{Options, Services};
use tallyport_storage::migrate;
use zeroize::Zeroizing;

use crate::ground::Ground;
use crate::requests::Requests;
use crate::server::Server;

/// An application with its sandbox credentials.
pub(crate) struct Partner {
    pub(crate) application_id: AppId,
    pub(crate) api_key: String,
    pub(crate) api_secret: Zeroizing<String>,
}

impl Partner {
    /// So many payments of this application, signed for this server.
    pub(crate) fn payments(&self, count: usize, name: &str, server: &Server, token: &str) -> Result<Requests> {
        Requests::payments(count, name, &server.authority(), &self.api_key, &self.api_secret, token)
    }
}

/// The use cases on a migrated database, before the server is started on it. Workers would see to what
/// lies in the past on purpose.
pub(crate) async fn services(ground: &Ground) -> Result<Services> {
    let db = ground.open().await?;
    migrate::run(&db, SystemClock.now_ms()).await?;
    let services = Services::without_workers(Options {
        db,
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        key_encryption_key: ground.key_encryption_key.clone(),
        previous_key_encryption_key: None,
        public_url: "http://127.0.0.1".to_owned(),
        mail: tallyport_service::mail::Transport::Local,
        outside_provider: None,
        password_cost: PasswordCost::FULL,
        token_algorithm: TokenAlgorithm::Es256,
    });
    Ok(services.await?)
}

/// Ends them, so that the database is the server's alone.
pub(crate) async fn close(services: Services) {
    services.drain().await;
    services.db().close().await;
}

/// Makes a developer and an application. The name tells them from others of the same database.
pub(crate) async fn partner(ground: &Ground, name: &str) -> Result<Partner> {
    let services = services(ground).await?;
    let email = format!("{name}@example.com");
    let password = Zeroizing::new("a password for measuring".to_owned());
    let sign_up = SignUp { name, email: &email, password, language: Language::En };
    let member = services.create_account(&Actor::command("bench"), sign_up, Role::Developer).await?;
    // What is measured is the server, not the allowance of its one caller.
    let unlimited = [Setting::ReadsPerSecond, Setting::WritesPerSecond].map(|setting| (setting, "100000".to_owned()));
    services.change_settings(&Authority::Command("bench"), &unlimited).await?;
    let made = services.make_application(&member, name).await?;
    close(services).await;
    Ok(Partner {
        application_id: made.application.id,
        api_key: made.api_key.to_string(),
        api_secret: Zeroizing::new(made.api_secret.reveal().to_owned()),
    })
}
