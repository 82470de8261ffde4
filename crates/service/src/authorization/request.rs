//! Authorization requests: what a client asks of a holder, checked before any browser shows it.

use serde::{Deserialize, Serialize};
use tallyport_domain::oauth::details;
use tallyport_domain::oauth::{CodeChallenge, GrantScopes, OauthError};
use tallyport_domain::redirect_uri::RedirectUri;
use tallyport_domain::scope::{Scope, ScopeSet};
use tallyport_storage::authorization::requests::{self, RequestRecord, Stage};

use super::client::Client;
use super::{OauthFault, OauthRefusal, Parameters, refuse};
use crate::Services;
use crate::caller::CallFrom;
use crate::error::ServiceError;
use crate::secrets::OneTimeToken;

/// For how long a pushed request waits for a browser.
pub(super) const PUSHED_FOR_MS: i64 = 90_000;
/// For how long a request is open in a browser: long enough to look up a password.
const OPEN_FOR_MS: i64 = 15 * 60 * 1000;
/// What a `request_uri` begins with (RFC 9126, 2.2).
const REQUEST_URI: &str = "urn:ietf:params:oauth:request_uri:";
/// The most bytes of `state` and `nonce`.
const TEXT_BYTES_MAX: usize = 512;

/// What a client asks for, as it is kept until the holder decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: String,
    pub(super) resource: String,
    /// Payments, as JSON; empty when there are none.
    pub(super) details: String,
    pub(super) jkt: Option<String>,
    /// The holder has to have signed in since then.
    pub(super) signed_in_since_ms: i64,
}

impl Asked {
    pub(super) fn read(record: &RequestRecord) -> Result<Self, ServiceError> {
        serde_json::from_str(&record.parameters).map_err(|_| ServiceError::broken("a stored request cannot be read"))
    }

    pub(super) fn scopes(&self) -> Result<GrantScopes, ServiceError> {
        GrantScopes::parse(&self.scope).map_err(|_| ServiceError::broken("a stored request has unknown scopes"))
    }

    pub(super) fn redirect_uri(&self) -> Result<RedirectUri, ServiceError> {
        self.redirect_uri.parse().map_err(|_| ServiceError::broken("a stored redirect URI is none"))
    }
}

/// A request that was pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushedRequest {
    /// What the client puts into the browser's address.
    pub request_uri: String,
    /// For how many seconds it waits.
    pub expires_in_s: i64,
}

/// Where a browser that came with a request goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// To the page that asks the holder, which knows the request by this secret.
    Ask {
        /// The secret.
        handle: String,
    },
    /// Back to the client, with an answer.
    SendBack {
        /// The address.
        url: String,
    },
}

/// What is wrong with a request: either the client's address is known and may be told, or not.
enum RequestFault {
    Shown(OauthFault),
    Told { redirect_uri: RedirectUri, state: Option<String>, refusal: OauthRefusal },
}

impl From<OauthFault> for RequestFault {
    fn from(fault: OauthFault) -> Self {
        Self::Shown(fault)
    }
}

impl RequestFault {
    fn into_fault(self) -> OauthFault {
        match self {
            Self::Shown(fault) => fault,
            Self::Told { refusal, .. } => OauthFault::Refused(refusal),
        }
    }
}

impl Services {
    /// Keeps a request that its client sent by itself (RFC 9126).
    pub async fn push_request(
        &self,
        client: &Client,
        parameters: &Parameters,
        jkt: Option<&str>,
        from: CallFrom,
    ) -> Result<PushedRequest, OauthFault> {
        if parameters.as_sent("request_uri").is_some() {
            return Err(refuse(OauthError::InvalidRequest, "request_uri cannot be pushed."));
        }
        let object = match parameters.find("request") {
            Some(object) => Some(self.read_request_object(client, object, from).await?),
            None => None,
        };
        let parameters = object.as_ref().unwrap_or(parameters);
        let named = parameters.find("client_id");
        if named.is_some_and(|named| named != client.api_key.to_string()) {
            return Err(refuse(OauthError::InvalidRequest, "client_id is not the client that pushes."));
        }
        let own = self.scopes_of(client).await?;
        let mut asked = self.check_request(client, own, parameters).map_err(RequestFault::into_fault)?;
        if let Some(shown) = jkt {
            if asked.jkt.as_deref().is_some_and(|announced| announced != shown) {
                return Err(refuse(OauthError::InvalidDpopProof, "dpop_jkt is not the key of the DPoP proof."));
            }
            asked.jkt = Some(shown.to_owned());
        }
        let secret = OneTimeToken::generate(self.randomness());
        self.keep_request(client, &asked, &secret, Stage::Pushed, PUSHED_FOR_MS).await?;
        Ok(PushedRequest {
            request_uri: format!("{REQUEST_URI}{}", secret.reveal()),
            expires_in_s: PUSHED_FOR_MS / 1000,
        })
    }

    /// Takes a request that came with a browser. An error that cannot be told to the client, because
    /// its address is not known to be its own, has to be shown to the person.
    pub async fn begin_authorization(&self, parameters: &Parameters, is_signed_in: bool) -> Result<Begun, OauthFault> {
        let client_id = parameters.get("client_id")?;
        let client = self.find_client(client_id).await?;
        let client = client.ok_or_else(|| refuse(OauthError::InvalidClient, "There is no such client."))?;
        if let Some(request_uri) = parameters.find("request_uri") {
            return self.open_pushed(&client, request_uri).await;
        }
        if parameters.as_sent("request").is_some() {
            return Err(refuse(OauthError::InvalidRequest, "A request object has to be pushed."));
        }
        if client.settings.profile.demands_pushed_requests() {
            return Err(refuse(OauthError::InvalidRequest, "The profile fapi2 needs pushed requests."));
        }
        let own = self.scopes_of(&client).await?;
        let checked = self.check_request(&client, own, parameters).and_then(|asked| {
            // Nobody is asked when the client wants nobody to be bothered; consent is always asked.
            if parameters.find("prompt") == Some("none") {
                let error = if is_signed_in { OauthError::ConsentRequired } else { OauthError::LoginRequired };
                let description = "The account holder has to be asked.".to_owned();
                let redirect_uri = asked.redirect_uri().map_err(OauthFault::Service)?;
                let refusal = OauthRefusal { error, description };
                return Err(RequestFault::Told { redirect_uri, state: asked.state, refusal });
            }
            Ok(asked)
        });
        match checked {
            Ok(asked) => {
                let handle = OneTimeToken::generate(self.randomness());
                self.keep_request(&client, &asked, &handle, Stage::Open, OPEN_FOR_MS).await?;
                Ok(Begun::Ask { handle: handle.reveal().to_owned() })
            }
            Err(RequestFault::Shown(fault)) => Err(fault),
            Err(RequestFault::Told { redirect_uri, state, refusal }) => {
                Ok(Begun::SendBack { url: self.refusal_url(&redirect_uri, state.as_deref(), &refusal) })
            }
        }
    }

    async fn open_pushed(&self, client: &Client, request_uri: &str) -> Result<Begun, OauthFault> {
        let unknown = || refuse(OauthError::InvalidRequestUri, "The pushed request is unknown, used or too old.");
        let secret = request_uri.strip_prefix(REQUEST_URI).ok_or_else(unknown)?;
        let handle = OneTimeToken::generate(self.randomness());
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let (pushed, opened) = (OneTimeToken::hash(secret), OneTimeToken::hash(handle.reveal()));
        let found = requests::open(&mut tx, &pushed, client.id, &opened, now_ms, now_ms + OPEN_FOR_MS).await?;
        found.ok_or_else(unknown)?;
        tx.commit().await?;
        Ok(Begun::Ask { handle: handle.reveal().to_owned() })
    }

    async fn keep_request(
        &self,
        client: &Client,
        asked: &Asked,
        secret: &OneTimeToken,
        stage: Stage,
        for_ms: i64,
    ) -> Result<(), ServiceError> {
        let parameters =
            serde_json::to_string(asked).map_err(|_| ServiceError::broken("a request cannot be written"))?;
        let record = RequestRecord { client: client.id, api_key: client.api_key, parameters };
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let hash = OneTimeToken::hash(secret.reveal());
        requests::insert(&mut tx, &hash, &record, stage, now_ms, now_ms + for_ms).await?;
        Ok(tx.commit().await?)
    }

    /// Everything that can be said of a request before a holder sees it.
    fn check_request(&self, client: &Client, own: ScopeSet, parameters: &Parameters) -> Result<Asked, RequestFault> {
        let redirect_uri = registered(client, parameters.find("redirect_uri"))?;
        let state = parameters.find("state").map(str::to_owned);
        self.check_wishes(own, parameters, &redirect_uri).map_err(|fault| match fault {
            OauthFault::Refused(refusal) => RequestFault::Told { redirect_uri, state, refusal },
            fault @ OauthFault::Service(_) => RequestFault::Shown(fault),
        })
    }

    fn check_wishes(
        &self,
        own: ScopeSet,
        parameters: &Parameters,
        redirect_uri: &RedirectUri,
    ) -> Result<Asked, OauthFault> {
        let invalid = |what: &str| refuse(OauthError::InvalidRequest, what);
        if parameters.get("response_type")? != "code" {
            return Err(refuse(OauthError::UnsupportedResponseType, "The only response_type is code."));
        }
        if parameters.find("response_mode").is_some_and(|mode| mode != "query") {
            return Err(invalid("The only response_mode is query."));
        }
        let challenge =
            CodeChallenge::parse(parameters.find("code_challenge"), parameters.find("code_challenge_method"))
                .map_err(|refusal| refuse(OauthError::InvalidRequest, refusal))?;
        for name in ["state", "nonce"] {
            if parameters.find(name).is_some_and(|value| value.len() > TEXT_BYTES_MAX) {
                return Err(invalid("state and nonce have at most 512 bytes."));
            }
        }
        let jkt = parameters.find("dpop_jkt");
        if jkt.is_some_and(|jkt| jkt.len() != 43) {
            return Err(invalid("dpop_jkt is the base64url SHA-256 of a JWK."));
        }
        let (scopes, details) = wished(own, parameters)?;
        let resource = self.resource(parameters.find("resource"))?;
        Ok(Asked {
            redirect_uri: redirect_uri.as_str().to_owned(),
            scope: scopes.to_string(),
            state: parameters.find("state").map(str::to_owned),
            nonce: parameters.find("nonce").map(str::to_owned),
            code_challenge: challenge.as_str().to_owned(),
            resource: resource.to_owned(),
            details,
            jkt: jkt.map(str::to_owned),
            signed_in_since_ms: self.signed_in_since(parameters)?,
        })
    }

    /// Since when the holder has to have signed in (OpenID Connect Core, 3.1.2.1).
    fn signed_in_since(&self, parameters: &Parameters) -> Result<i64, OauthFault> {
        let now_ms = self.clock().now_ms();
        let prompts = parameters.find("prompt").unwrap_or_default();
        if prompts.contains("none") && prompts != "none" {
            return Err(refuse(OauthError::InvalidRequest, "prompt=none stands alone."));
        }
        if prompts.split(' ').any(|prompt| prompt == "login") {
            return Ok(now_ms);
        }
        let Some(age) = parameters.find("max_age") else { return Ok(0) };
        let age_s: u32 =
            age.parse().map_err(|_| refuse(OauthError::InvalidRequest, "max_age is a whole number of seconds."))?;
        Ok(now_ms - i64::from(age_s) * 1000)
    }

    /// The client's address with a refusal.
    pub(super) fn refusal_url(
        &self,
        redirect_uri: &RedirectUri,
        state: Option<&str>,
        refusal: &OauthRefusal,
    ) -> String {
        let mut answer = vec![("error", refusal.error.as_str()), ("error_description", &*refusal.description)];
        answer.extend(state.map(|state| ("state", state)));
        // RFC 9207: who answers.
        answer.push(("iss", self.issuer()));
        redirect_uri.with_answer(&answer)
    }
}

/// The one of the client's addresses that is the very text of the request.
fn registered(client: &Client, named: Option<&str>) -> Result<RedirectUri, OauthFault> {
    let named = named.ok_or_else(|| refuse(OauthError::InvalidRequest, "Send redirect_uri."))?;
    let found = client.redirect_uris.as_slice().iter().find(|uri| uri.as_str() == named);
    let found =
        found.ok_or_else(|| refuse(OauthError::InvalidRequest, "redirect_uri is not registered, letter by letter."))?;
    if !client.settings.profile.allows_loopback_redirects() && !found.is_https() {
        return Err(refuse(OauthError::InvalidRequest, "The profile fapi2 needs an https redirect_uri."));
    }
    Ok(found.clone())
}

/// Scopes and payments that a client asks for, within what it may.
pub(super) fn wished(own: ScopeSet, parameters: &Parameters) -> Result<(GrantScopes, String), OauthFault> {
    let scopes = GrantScopes::parse(parameters.find("scope").unwrap_or_default())
        .map_err(|refusal| refuse(OauthError::InvalidScope, refusal))?;
    let details = match parameters.find("authorization_details") {
        Some(text) => {
            let read = details::read(text);
            details::write(&read.map_err(|refusal| refuse(OauthError::InvalidAuthorizationDetails, refusal))?)
        }
        None => String::new(),
    };
    let scopes = scopes.with_api(of_holder(scopes.api(), !details.is_empty())?);
    if scopes.api().iter().any(|scope| !own.contains(scope)) {
        return Err(refuse(OauthError::InvalidScope, "Ask only for scopes that the application has."));
    }
    if scopes.is_empty() && details.is_empty() {
        return Err(refuse(OauthError::InvalidScope, "Ask for at least one scope."));
    }
    Ok((scopes, details))
}

/// What of the API a holder has to give: payments that they are told of one by one, and a look at them.
/// Everything else is about the application as a whole, for which it gets a token by itself.
fn of_holder(wanted: ScopeSet, names_payments: bool) -> Result<ScopeSet, OauthFault> {
    let payments: ScopeSet = [Scope::PaymentsWrite, Scope::PaymentsRead].into_iter().collect();
    if wanted.intersection(payments) != wanted {
        let description = "An account holder gives payments:write and payments:read; the application's own token, by \
            client_credentials, has the rest.";
        return Err(refuse(OauthError::InvalidScope, description));
    }
    match (names_payments, wanted.contains(Scope::PaymentsWrite)) {
        (false, true) => {
            let description = "payments:write needs the payments in authorization_details.";
            Err(refuse(OauthError::InvalidScope, description))
        }
        (true, false) => Ok(wanted.iter().chain([Scope::PaymentsWrite]).collect()),
        _ => Ok(wanted),
    }
}
