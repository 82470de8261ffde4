//! Choosing what an application is to the authorization server.

use super::about::{about, done, refused};
use super::entry::here;
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::client_settings::{CLIENT_SETTINGS_FORM, HOUR_S, client_settings_path},
    visit::texts,
};
use leptos::prelude::*;
use std::ops::RangeInclusive;
use tallyport_domain::{
    Environment,
    ids::AppId,
    oauth::{ClientKind, Lifetimes, Profile},
};
use tallyport_service::{
    Member, Services,
    authorization::{ClientSettings, SettingsRefusal},
};

/// Replaces the client settings of an application in one environment.
#[server(prefix = "/ui", endpoint = "save_client_settings")]
#[allow(clippy::too_many_arguments, reason = "each argument is a field of the form")]
pub(crate) async fn save_client_settings(
    #[server(default)] application: String,
    #[server(default)] environment: String,
    #[server(default)] profile: String,
    #[server(default)] kind: String,
    #[server(default)] access_token_s: String,
    #[server(default)] refresh_token_h: String,
    #[server(default)] consent_h: String,
    #[server(default)] demands_dpop_nonce: String,
) -> Result<(), ServerFnError> {
    let environment = environment.parse().unwrap_or(Environment::Sandbox);
    let posted = Posted { profile, kind, access_token_s, refresh_token_h, consent_h, demands_dpop_nonce };
    about(
        &application,
        |id| client_settings_path(id, environment),
        async |services, member, id| posted.save(&services, &member, id, environment).await,
    )
    .await
}

struct Posted {
    profile: String,
    kind: String,
    access_token_s: String,
    refresh_token_h: String,
    consent_h: String,
    demands_dpop_nonce: String,
}

impl Posted {
    async fn save(
        &self,
        services: &Services,
        member: &Member,
        id: AppId,
        environment: Environment,
    ) -> Result<(), Fault> {
        let mut kept = self.kept();
        let Some(settings) = self.read(&mut kept) else { return send_back(kept, id, environment).await };
        match services.save_client_settings(member, id, environment, &settings).await {
            Ok(()) => done(&client_settings_path(id, environment), texts().client_settings.saved).await,
            Err(SettingsRefusal::Access(refusal)) => refused(refusal),
            Err(SettingsRefusal::Profile) => {
                kept.refuse("kind", texts().client_settings.kind_fault);
                send_back(kept, id, environment).await
            }
        }
    }

    fn kept(&self) -> FormFlash {
        FormFlash::new()
            .keep("profile", &self.profile)
            .keep("kind", &self.kind)
            .keep("access_token_s", &self.access_token_s)
            .keep("refresh_token_h", &self.refresh_token_h)
            .keep("consent_h", &self.consent_h)
            .keep("demands_dpop_nonce", &self.demands_dpop_nonce)
    }

    /// The settings; each field that cannot be one is told beside it.
    fn read(&self, kept: &mut FormFlash) -> Option<ClientSettings> {
        let mut seconds = |field, text: &str, unit_s: u32, bounds: RangeInclusive<u32>| {
            let read = text.trim().parse::<u32>().ok().and_then(|count| count.checked_mul(unit_s));
            let read = read.filter(|seconds| bounds.contains(seconds));
            if read.is_none() {
                kept.refuse(field, texts().client_settings.number_fault);
            }
            read
        };
        let access_token_s = seconds("access_token_s", &self.access_token_s, 1, Lifetimes::ACCESS_TOKEN_S);
        let refresh_token_s = seconds("refresh_token_h", &self.refresh_token_h, HOUR_S, Lifetimes::REFRESH_TOKEN_S);
        let grant_s = seconds("consent_h", &self.consent_h, HOUR_S, Lifetimes::GRANT_S);
        Some(ClientSettings {
            profile: self.profile.parse().unwrap_or(Profile::Oauth21),
            kind: self.kind.parse().unwrap_or(ClientKind::Confidential),
            lifetimes: Lifetimes::new(access_token_s?, refresh_token_s?, grant_s?).ok()?,
            demands_dpop_nonce: !self.demands_dpop_nonce.is_empty(),
        })
    }
}

async fn send_back(kept: FormFlash, id: AppId, environment: Environment) -> Result<(), Fault> {
    kept.send_back(CLIENT_SETTINGS_FORM, &here(&client_settings_path(id, environment))).await
}
