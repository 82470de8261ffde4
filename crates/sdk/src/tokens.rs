//! Access tokens: fetched when there is none, renewed before they end, one fetch at a time however
//! many calls wait for it.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use tallyport_contract::token::TokenAnswer;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::error::Error;

/// A token is renewed this long before it ends, or in the last tenth of a shorter life.
const RENEWED_BEFORE: Duration = Duration::from_secs(60);

/// The token at hand.
#[derive(Clone)]
struct Token {
    bearer: HeaderValue,
    renew_at: Instant,
}

pub(crate) struct Tokens {
    basic: HeaderValue,
    // Whoever fetches holds the lock, so everybody else waits for that one fetch.
    current: Mutex<Option<Token>>,
}

impl Tokens {
    pub(crate) fn new(api_key: &str, api_secret: &str) -> Self {
        let pair = Zeroizing::new(format!("{api_key}:{api_secret}"));
        let basic = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        let mut basic = HeaderValue::from_str(&basic).expect("base64 is visible ASCII");
        basic.set_sensitive(true);
        Self { basic, current: Mutex::new(None) }
    }

    /// The value of `Authorization` for a call.
    pub(crate) async fn bearer(&self, http: &reqwest::Client, base: &str) -> Result<HeaderValue, Error> {
        let mut current = self.current.lock().await;
        if let Some(token) = current.as_ref().filter(|token| Instant::now() < token.renew_at) {
            return Ok(token.bearer.clone());
        }
        let token = self.fetch(http, base).await?;
        let bearer = token.bearer.clone();
        *current = Some(token);
        Ok(bearer)
    }

    /// Forgets a token that was refused, unless somebody has replaced it meanwhile.
    pub(crate) async fn forget(&self, refused: &HeaderValue) {
        let mut current = self.current.lock().await;
        if current.as_ref().is_some_and(|token| token.bearer == *refused) {
            *current = None;
        }
    }

    async fn fetch(&self, http: &reqwest::Client, base: &str) -> Result<Token, Error> {
        let asked = Instant::now();
        let answer = http
            .post(format!("{base}/oauth/token"))
            .header(AUTHORIZATION, self.basic.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials")
            .send()
            .await
            .map_err(Error::NoAnswer)?;
        let status = answer.status().as_u16();
        let body = Zeroizing::new(answer.bytes().await.map_err(Error::NoAnswer)?.to_vec());
        let Ok(token) = serde_json::from_slice::<TokenAnswer>(&body) else {
            return Err(refusal(status, &body));
        };
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.access_token))
            .map_err(|_| Error::NotUnderstood { status })?;
        bearer.set_sensitive(true);
        Ok(Token { bearer, renew_at: asked + usable_for(token.expires_in) })
    }
}

fn refusal(status: u16, body: &[u8]) -> Error {
    match serde_json::from_slice(body) {
        Ok(refusal) => Error::NoToken(refusal),
        Err(_) => crate::client::refused(status, body),
    }
}

fn usable_for(expires_in_s: u32) -> Duration {
    let life = Duration::from_secs(expires_in_s.into());
    life.saturating_sub(RENEWED_BEFORE.min(life / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_renewed_before_they_end() {
        assert_eq!(usable_for(600), Duration::from_secs(540));
        assert_eq!(usable_for(3600), Duration::from_secs(3540));
        assert_eq!(usable_for(10), Duration::from_secs(9));
        assert_eq!(usable_for(0), Duration::ZERO);
    }
}
