//! A partner: an application of a developer with everything it needs to call the API.

use tallyport_domain::ids::AppId;
use tallyport_service::applications::MadeApplication;
use tallyport_service::ports::Clock;
use tallyport_service::{CallFrom, Member, Services};

use super::Signer;

/// An application and its secrets.
pub(crate) struct Partner {
    /// Whose application it is.
    pub(crate) member: Member,
    pub(crate) application_id: AppId,
    pub(crate) api_key: String,
    pub(crate) api_secret: String,
    /// A token with every scope, good for ten minutes.
    pub(crate) token: String,
}

impl Partner {
    pub(super) async fn new(services: &Services, member: Member, made: &MadeApplication) -> Self {
        let mut partner = Self {
            member,
            application_id: made.application.id,
            api_key: made.api_key.to_string(),
            api_secret: made.api_secret.reveal().to_owned(),
            token: String::new(),
        };
        partner.token = partner.token_for(services, None).await;
        partner
    }

    /// A token, without HTTP. Without a scope it has them all.
    pub(crate) async fn token_for(&self, services: &Services, scope: Option<&str>) -> String {
        let issued = services.issue_token(&self.api_key, &self.api_secret, scope, CallFrom::Unknown).await.unwrap();
        issued.access_token.to_string()
    }

    /// What the partner signs with at this time; each has a nonce of its own.
    pub(crate) fn signer(&self, clock: &dyn Clock) -> Signer {
        Signer::hmac(&self.api_key, &self.api_secret, clock.now_ms().div_euclid(1000))
    }
}
