//! The client: one call from its parts to its answer, tried again where that is safe.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, Url, redirect};
use serde::de::DeserializeOwned;
use tallyport_contract::{ErrorCode, Problem};

use crate::answers::{Arrived, PlatformKeys};
use crate::error::{Error, Refusal};
use crate::payments::Payments;
use crate::ports::{now_ms, random_bytes};
use crate::retry;
use crate::sign::{Once, Signer, Unsigned};
use crate::tokens::Tokens;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Longer than the platform takes to give up by itself, so that its answer is heard.
const CALL_TIMEOUT: Duration = Duration::from_secs(40);

/// A client of one application. Clones share connections and the token.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base: Base,
    signer: Signer,
    tokens: Tokens,
    platform_keys: PlatformKeys,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Client").field("base", &self.0.base.url).field("signer", &self.0.signer).finish()
    }
}

/// Where the platform is, in the parts that signatures need.
struct Base {
    /// Without a slash at the end.
    url: String,
    scheme: String,
    authority: String,
}

impl Base {
    fn parse(text: &str) -> Result<Self, Error> {
        let url = Url::parse(text).map_err(|_| Error::BaseUrl)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_http = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        if !is_bare || !is_http {
            return Err(Error::BaseUrl);
        }
        let scheme = url.scheme().to_owned();
        let authority = url.authority().to_owned();
        Ok(Self { url: format!("{scheme}://{authority}"), scheme, authority })
    }
}

/// A call, before it is signed and sent.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) key: Option<&'a str>,
    pub(crate) body: Vec<u8>,
}

/// A try that failed, and how long the platform asked to wait.
struct Failed {
    error: Error,
    after: Option<Duration>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, after: None }
    }
}

impl Client {
    /// A client for the platform at `base_url`, such as `https://pay.example`, with the key and
    /// secret of an application.
    ///
    /// TLS uses the process's default rustls provider; where the process has chosen none yet, this
    /// chooses aws-lc-rs.
    ///
    /// # Errors
    /// When the URL has more than scheme, host and port, or TLS cannot be prepared.
    pub fn new(base_url: &str, api_key: &str, api_secret: &str) -> Result<Self, Error> {
        let base = Base::parse(base_url)?;
        let http = http_client()?;
        let signer = Signer::new(api_key, api_secret);
        let (tokens, platform_keys) = (Tokens::new(api_key, api_secret), PlatformKeys::default());
        Ok(Self(Arc::new(Inner { http, base, signer, tokens, platform_keys })))
    }

    /// Calls about payments.
    #[must_use]
    pub fn payments(&self) -> Payments<'_> {
        Payments { client: self }
    }

    /// Makes the call. Every try is signed anew, because a nonce works once; the idempotency key
    /// stays, so that all tries together have one effect.
    pub(crate) async fn call<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            let Failed { error, after } = match self.attempt(call).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            // A refused token was forgotten; the next try fetches another one.
            let may_repeat = error.is_retryable() || error.code() == Some(ErrorCode::TokenInvalid) && tries == 1;
            match retry::wait(tries, after, random_bytes()).filter(|_| may_repeat) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    async fn attempt<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, Failed> {
        let Inner { http, base, signer, tokens, platform_keys } = &*self.0;
        let bearer = tokens.bearer(http, &base.url).await?;
        let unsigned = Unsigned {
            method: call.method.as_str(),
            scheme: &base.scheme,
            authority: &base.authority,
            path: &call.path,
            query: None,
            idempotency_key: call.key,
            body: &call.body,
        };
        let signed = signer.sign(&unsigned, &Once::now()).map_err(Error::from)?;
        let mut request =
            http.request(call.method.clone(), format!("{}{}", base.url, call.path)).header(AUTHORIZATION, &bearer);
        for (name, value) in signed.fields() {
            request = request.header(name, value);
        }
        if let Some(key) = call.key {
            request = request.header("idempotency-key", key);
        }
        if !call.body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json").body(call.body.clone());
        }
        let answer = request.send().await.map_err(Error::NoAnswer)?;
        let status = answer.status();
        let after = answer.headers().get(RETRY_AFTER).and_then(|value| retry::retry_after(value.to_str().ok()?));
        let headers = answer.headers().clone();
        let body = answer.bytes().await.map_err(Error::NoAnswer)?;
        // A refusal may come from something in between, such as a proxy; it is believed as one. What
        // says that money moved is believed of the platform alone.
        if status.is_success() || headers.contains_key("signature") {
            let fields: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
            let (method, path) = (call.method.as_str(), call.path.as_str());
            let arrived = Arrived { method, path, status: status.as_u16(), fields: &fields, body: &body };
            platform_keys.check(http, &base.url, &arrived, now_ms()).await?;
        }
        if status.is_success() {
            return Ok(serde_json::from_slice(&body).map_err(|_| Error::NotUnderstood { status: status.as_u16() })?);
        }
        let error = refused(status.as_u16(), &body);
        if error.code() == Some(ErrorCode::TokenInvalid) {
            tokens.forget(&bearer).await;
        }
        Err(Failed { error, after })
    }
}

/// What an answer that is no success says.
pub(crate) fn refused(status: u16, body: &[u8]) -> Error {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => Error::Refused(Box::new(Refusal::from(problem))),
        Err(_) => Error::NotUnderstood { status },
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the client's one sender; it has its time-outs here")]
fn http_client() -> Result<reqwest::Client, Error> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Losing the race to another thread that chooses is as good as choosing.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    }
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(CALL_TIMEOUT)
        // A signature covers one place; it must not be carried to another.
        .redirect(redirect::Policy::none())
        .user_agent(concat!("tallyport-sdk/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(Error::Setup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_origin_is_a_base_url() {
        let base = Base::parse("http://127.0.0.1:3000/").unwrap();
        assert_eq!((base.url.as_str(), base.authority.as_str()), ("http://127.0.0.1:3000", "127.0.0.1:3000"));
        assert_eq!(Base::parse("https://pay.example:443").unwrap().authority, "pay.example");
        for text in [
            "",
            "pay.example",
            "ftp://pay.example",
            "https://pay.example/v1",
            "https://u:p@pay.example",
            "https://pay.example/?a",
        ] {
            assert!(Base::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn neither_secret_nor_token_is_shown() {
        let client = Client::new("https://pay.example", "ak_1", "sk_sandbox_canary").unwrap();
        assert!(!format!("{client:?}").contains("canary"));
    }
}
