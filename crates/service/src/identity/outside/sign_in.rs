//! The way to the provider and back.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use tallyport_domain::Language;
use tallyport_storage::totp;

use super::claims;
use super::link::Linked;
use super::provider::{Discovered, OutsideProvider, ProviderError};
use crate::Services;
use crate::error::ServiceError;
use crate::identity::SignInAnswer;
use crate::identity::entrance::{Entrance, is_open};
use crate::identity::second_step::PendingEntrance;
use crate::identity::throttle::{Attempt, TooManyTries};
use crate::secrets::{OneTimeToken, Place};

/// The page that the provider sends people back to.
const CALLBACK_PAGE: &str = "/signin/callback";
/// For how long somebody may stay there.
const LIFETIME_MS: i64 = 10 * 60 * 1000;
/// Codes are far shorter.
const CODE_BYTES_MAX: usize = 4096;
/// Where the session keeps what it waits for.
const WAITING: Place<'_> = Place { table: "sessions", column: "data", row: "outside" };

/// The way to the provider.
pub struct OutsideStart {
    /// Where to send the browser.
    pub url: String,
    /// What its session has to keep, sealed.
    pub waiting: String,
}

/// What the browser brings back.
#[derive(Debug, Clone, Copy)]
pub struct Returned<'a> {
    /// What the session kept.
    pub waiting: &'a str,
    /// The state.
    pub state: &'a str,
    /// The code.
    pub code: &'a str,
    /// Who says so (RFC 9207), where the provider tells.
    pub issuer: Option<&'a str>,
}

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum OutsideRefusal {
    /// There is no provider.
    #[error("no provider is set up")]
    None,
    /// The browser brings back what this session does not wait for, or no longer.
    #[error("this session does not wait for this answer")]
    Unexpected,
    /// The provider was of no use; the log knows more.
    #[error("the provider was of no use")]
    Provider,
    /// The provider does not vouch for the address.
    #[error("the provider does not vouch for the address")]
    AddressNotVerified,
    /// They have no account, and not everybody may make one.
    #[error("signing up takes an invitation")]
    NotInvited,
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<ProviderError> for OutsideRefusal {
    fn from(error: ProviderError) -> Self {
        tracing::warn!(%error, "nobody can be signed in with the outside provider: {error}");
        Self::Provider
    }
}

#[derive(Serialize, Deserialize)]
struct Waiting {
    state: String,
    nonce: String,
    verifier: String,
    begun_at_ms: i64,
}

/// What a token response has beside OAuth's own fields.
#[derive(Debug, Serialize, Deserialize)]
struct IdTokenField {
    id_token: String,
}

impl ExtraTokenFields for IdTokenField {}

type OpenIdClient = Client<
    BasicErrorResponse,
    StandardTokenResponse<IdTokenField, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

impl Services {
    /// What the button says that leads to the outside provider, where there is one.
    #[must_use]
    pub fn outside_provider_name(&self) -> Option<&str> {
        self.outside_provider().map(|provider| provider.settings.name.as_str())
    }

    /// Begins to sign in with the outside provider.
    pub async fn start_outside_sign_in(&self, from: Option<IpAddr>) -> Result<OutsideStart, OutsideRefusal> {
        let provider = self.outside_provider().ok_or(OutsideRefusal::None)?;
        self.take_try(Attempt::Link, None, from)?;
        let now_ms = self.clock().now_ms();
        let client = self.open_id_client(provider, &*provider.discover(now_ms).await?)?;
        let draw = || OneTimeToken::generate(self.randomness()).reveal().to_owned();
        let waiting = Waiting { state: draw(), nonce: draw(), verifier: draw(), begun_at_ms: now_ms };
        let verifier = PkceCodeVerifier::new(waiting.verifier.clone());
        let (url, _) = client
            .authorize_url(|| CsrfToken::new(waiting.state.clone()))
            .add_scopes(["openid", "email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("nonce", waiting.nonce.clone())
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        let waiting = serde_json::to_vec(&waiting).map_err(|_| ServiceError::broken("a wait is not JSON"))?;
        let sealed = BASE64.encode(self.vault().seal(WAITING, &waiting, self.randomness()));
        Ok(OutsideStart { url: url.to_string(), waiting: sealed })
    }

    /// Signs in whoever comes back from the outside provider.
    pub async fn finish_outside_sign_in(
        &self,
        from: Option<IpAddr>,
        language: Language,
        returned: Returned<'_>,
    ) -> Result<SignInAnswer, OutsideRefusal> {
        let provider = self.outside_provider().ok_or(OutsideRefusal::None)?;
        self.take_try(Attempt::Link, None, from)?;
        let now_ms = self.clock().now_ms();
        let waiting = self.open_waiting(returned.waiting).await?;
        let is_expected = bool::from(waiting.state.as_bytes().ct_eq(returned.state.as_bytes()))
            && (0..LIFETIME_MS).contains(&(now_ms - waiting.begun_at_ms))
            && returned.issuer.is_none_or(|issuer| issuer == provider.settings.issuer)
            && (1..=CODE_BYTES_MAX).contains(&returned.code.len());
        if !is_expected {
            return Err(OutsideRefusal::Unexpected);
        }
        let discovered = provider.discover(now_ms).await?;
        let client = self.open_id_client(provider, &discovered)?;
        let http = provider.http.clone();
        let call = move |request: HttpRequest| {
            let http = http.clone();
            async move { http.call(request).await }
        };
        let token = client
            .exchange_code(AuthorizationCode::new(returned.code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(waiting.verifier))
            .request_async(&call)
            .await
            // The error would repeat what the provider answered, tokens included.
            .map_err(|_| ProviderError::Exchange)?;
        let keys = provider.keys(&discovered).await?;
        let id_token = &token.extra_fields().id_token;
        let claims = claims::verify(id_token, &keys, &provider.settings, &waiting.nonce, now_ms)?;
        let developer = match self.link_outside(from, language, &provider.settings.issuer, &claims).await? {
            Linked::To(developer) => *developer,
            Linked::NotVouchedFor => return Err(OutsideRefusal::AddressNotVerified),
            Linked::NotInvited => return Err(OutsideRefusal::NotInvited),
        };
        if !is_open(&developer) {
            return Ok(SignInAnswer::Suspended);
        }
        // The provider stands for the password, not for the device.
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let second_step = totp::find(&mut reader, developer.id).await.map_err(ServiceError::from)?;
        let entrance = Entrance::of(developer);
        Ok(if second_step.is_some_and(|step| step.confirmed_at_ms.is_some()) {
            SignInAnswer::SecondStep(PendingEntrance::of(&entrance, now_ms))
        } else {
            SignInAnswer::SignedIn(entrance)
        })
    }

    fn open_id_client(
        &self,
        provider: &OutsideProvider,
        discovered: &Discovered,
    ) -> Result<OpenIdClient, ProviderError> {
        let form = |_| ProviderError::Form("an address of it cannot be read");
        let settings = &provider.settings;
        let client = Client::new(ClientId::new(settings.client_id.clone()))
            .set_client_secret(ClientSecret::new(settings.client_secret.to_string()))
            .set_auth_uri(AuthUrl::new(discovered.authorization_endpoint.clone()).map_err(form)?)
            .set_token_uri(TokenUrl::new(discovered.token_endpoint.clone()).map_err(form)?)
            .set_redirect_uri(RedirectUrl::new(self.page_url(CALLBACK_PAGE)).map_err(form)?);
        Ok(client)
    }

    async fn open_waiting(&self, sealed: &str) -> Result<Waiting, OutsideRefusal> {
        let bytes = BASE64.decode(sealed).map_err(|_| OutsideRefusal::Unexpected)?;
        let text = self.open(WAITING, &bytes).await?;
        serde_json::from_slice(&text).map_err(|_| OutsideRefusal::Unexpected)
    }
}
