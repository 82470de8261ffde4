//! An application to pay with, made through the use cases that the portal calls, before the server
//! starts.

use std::sync::Arc;

use anyhow::Result;
use tallyport_domain::credential::Lifetime;
use tallyport_domain::ids::AppId;
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_domain::settings::Setting;
use tallyport_domain::{Environment, Language, Role, TokenAlgorithm};
use tallyport_service::admin::Authority;
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::ports::{Clock as _, SystemClock, SystemRandomness};
use tallyport_service::public_keys::PublicKeyWish;
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{Member, Options, Services};
use tallyport_storage::migrate;
use zeroize::Zeroizing;

use crate::ground::Ground;
use crate::requests::{Payer, Requests};
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
        Requests::payments(count, name, &server.authority(), &[self.payer(token)])
    }

    /// As who it asks with this token.
    pub(crate) fn payer<'a>(&'a self, token: &'a str) -> Payer<'a> {
        Payer { api_key: &self.api_key, api_secret: &self.api_secret, token }
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
    let made = make(&services, name).await;
    close(services).await;
    Ok(made?.1)
}

/// The same on running services, with public keys to sign with; returns their ids, too.
pub(crate) async fn partner_with_keys(
    services: &Services,
    name: &str,
    pems: &[String],
) -> Result<(Partner, Vec<String>)> {
    let (member, partner) = make(services, name).await?;
    let mut ids = Vec::with_capacity(pems.len());
    for pem in pems {
        let wish = PublicKeyWish {
            environment: Environment::Sandbox,
            used_for: PublicKeyUse::Signing,
            name,
            pem,
            lifetime: Lifetime::Unlimited,
            networks: "",
        };
        ids.push(services.add_public_key(&member, partner.application_id, wish).await?.to_string());
    }
    Ok((partner, ids))
}

/// So many of them.
pub(crate) async fn partners(ground: &Ground, name: &str, count: usize) -> Result<Vec<Partner>> {
    let services = services(ground).await?;
    let mut partners = Vec::with_capacity(count);
    for number in 0..count {
        partners.push(make(&services, &format!("{name}{number}")).await?.1);
    }
    close(services).await;
    Ok(partners)
}

/// What is measured is the server, not the allowance of its callers.
pub(crate) async fn lift_limits(services: &Services) -> Result<()> {
    let unlimited = [Setting::ReadsPerSecond, Setting::WritesPerSecond].map(|setting| (setting, "100000".to_owned()));
    Ok(services.change_settings(&Authority::Command("bench"), &unlimited).await?)
}

async fn make(services: &Services, name: &str) -> Result<(Member, Partner)> {
    let email = format!("{name}@example.com");
    let password = Zeroizing::new("a password for measuring".to_owned());
    let sign_up = SignUp { name, email: &email, password, language: Language::En };
    let member = services.create_account(&Actor::command("bench"), sign_up, Role::Developer).await?;
    lift_limits(services).await?;
    let made = services.make_application(&member, name).await?;
    let partner = Partner {
        application_id: made.application.id,
        api_key: made.api_key.to_string(),
        api_secret: Zeroizing::new(made.api_secret.reveal().to_owned()),
    };
    Ok((member, partner))
}
