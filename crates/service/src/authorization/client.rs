//! Who a client is: the methods by which it shows that, and what its profile thinks of them.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId};
use tallyport_domain::oauth::{AuthMethod, ClientId, ClientKind, OauthError};
use tallyport_domain::redirect_uri::RedirectUris;
use tallyport_storage::authorization::clients::{self, ClientSettings, RegisteredClient};

use super::{OauthFault, refuse};
use crate::Services;
use crate::caller::CallFrom;
use crate::credentials::Credential;
use crate::error::ServiceError;

/// How many clients' settings are kept at hand.
const REMEMBERED_MAX: u64 = 10_000;
/// For how long they are used before the database is asked again.
const REMEMBERED_FOR: Duration = Duration::from_millis(900);

/// The settings of clients that came a moment ago.
#[derive(Clone)]
pub(crate) struct ClientCache(Cache<ClientId, Arc<RegisteredClient>>);

impl Default for ClientCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(REMEMBERED_FOR).build())
    }
}

impl ClientCache {
    /// Lets a change of an application's count at once in this process; the others notice within a second.
    pub(crate) fn forget(&self, application_id: AppId) {
        for environment in Environment::ALL.iter().copied() {
            self.0.invalidate(&ClientId { application_id, environment });
        }
    }
}

/// What a client shows.
#[derive(Clone, Copy)]
pub enum ClientProof<'a> {
    /// Key and secret.
    Secret {
        /// Where they stood.
        method: AuthMethod,
        /// The key.
        client_id: &'a str,
        /// The secret.
        secret: &'a str,
    },
    /// A signed assertion.
    Assertion {
        /// The key, where it was sent beside.
        client_id: Option<&'a str>,
        /// The JWT.
        assertion: &'a str,
    },
    /// Nothing but its name.
    Name {
        /// The key.
        client_id: &'a str,
    },
}

impl std::fmt::Debug for ClientProof<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ClientProof(…)")
    }
}

/// A client that is who it says.
#[derive(Debug, Clone)]
pub struct Client {
    /// Who it is.
    pub id: ClientId,
    /// By which name it came.
    pub api_key: ApiKey,
    /// What it has chosen.
    pub settings: ClientSettings,
    /// Where its answers may be sent.
    pub redirect_uris: RedirectUris,
    /// How it showed that.
    pub method: AuthMethod,
}

/// Which part was wrong is not told to somebody who has not proven who they are.
fn unproven() -> OauthFault {
    let description = "Show who you are: api_key and api_secret as user and password of HTTP Basic, or in the form, \
        or a private_key_jwt of a registered key. Both come from the keys page.";
    refuse(OauthError::InvalidClient, description)
}

/// The client has proven who it is, so it is told what stands in its way.
fn network_refused(from: CallFrom) -> String {
    let place = match from {
        CallFrom::Address(address) => format!("from {address}"),
        CallFrom::Unknown | CallFrom::Portal => "from an unknown address".to_owned(),
    };
    format!("The call came {place}, which the allowed networks of the application or its key leave out.")
}

impl Services {
    /// Finds out who a client is.
    pub async fn authenticate_client(&self, proof: &ClientProof<'_>, from: CallFrom) -> Result<Client, OauthFault> {
        let (client, credential) = match *proof {
            ClientProof::Secret { method, client_id, secret } => {
                let credential = self.credential_named(client_id).await?;
                let credential =
                    credential.filter(|credential| credential.secret.matches(secret)).ok_or_else(unproven)?;
                (self.client_of(&credential, method).await?, credential)
            }
            ClientProof::Name { client_id } => {
                let credential = self.credential_named(client_id).await?.ok_or_else(unproven)?;
                let client = self.client_of(&credential, AuthMethod::None).await?;
                if client.settings.kind != ClientKind::Public {
                    return Err(unproven());
                }
                (client, credential)
            }
            ClientProof::Assertion { client_id, assertion } => {
                self.check_assertion(client_id, assertion, from).await?.ok_or_else(unproven)?
            }
        };
        self.note_use(&credential);
        if !credential.may_be_used(from) {
            return Err(refuse(OauthError::UnauthorizedClient, network_refused(from)));
        }
        let ClientSettings { profile, kind, .. } = client.settings;
        if !profile.allows(kind, client.method) {
            let description = format!("The profile {} does not allow {}.", profile.as_str(), client.method.as_str());
            return Err(refuse(OauthError::InvalidClient, description));
        }
        Ok(client)
    }

    /// The client of a name, who has shown nothing yet.
    pub(super) async fn find_client(&self, client_id: &str) -> Result<Option<Client>, ServiceError> {
        match self.credential_named(client_id).await? {
            Some(credential) => Ok(Some(self.client_of(&credential, AuthMethod::None).await?)),
            None => Ok(None),
        }
    }

    pub(super) async fn credential_named(&self, client_id: &str) -> Result<Option<Arc<Credential>>, ServiceError> {
        match client_id.parse() {
            Ok(api_key) => self.find_credential(api_key).await,
            Err(_) => Ok(None),
        }
    }

    pub(super) async fn client_of(&self, credential: &Credential, method: AuthMethod) -> Result<Client, ServiceError> {
        let id = ClientId { application_id: credential.application_id, environment: credential.environment };
        let RegisteredClient { settings, redirect_uris } = (*self.registered_client(id).await?).clone();
        Ok(Client { id, api_key: credential.api_key, settings, redirect_uris, method })
    }

    /// Whether a client wants every proof of its own to carry our nonce.
    pub(crate) async fn demands_dpop_nonce(&self, id: ClientId) -> Result<bool, ServiceError> {
        Ok(self.registered_client(id).await?.settings.demands_dpop_nonce)
    }

    async fn registered_client(&self, id: ClientId) -> Result<Arc<RegisteredClient>, ServiceError> {
        if let Some(registered) = self.client_cache().0.get(&id) {
            return Ok(registered);
        }
        let registered = Arc::new(clients::find(&mut self.db().read().await?, id).await?);
        self.client_cache().0.insert(id, Arc::clone(&registered));
        Ok(registered)
    }
}
