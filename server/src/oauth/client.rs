//! Client authentication by HTTP Basic (RFC 6749, 2.3.1).

use axum::extract::FromRequestParts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::request::Parts;

use super::token::Refused;
use crate::api::ApiState;

/// What a client says it is; nothing of it is checked yet.
pub(super) struct BasicClient {
    pub(super) api_key: String,
    pub(super) api_secret: zeroize::Zeroizing<String>,
}

impl FromRequestParts<ApiState> for BasicClient {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Refused> {
        read(parts).ok_or(Refused::InvalidClient)
    }
}

fn read(parts: &Parts) -> Option<BasicClient> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = zeroize::Zeroizing::new(STANDARD.decode(encoded.trim()).ok()?);
    let (user, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some(BasicClient { api_key: form_decoded(user)?, api_secret: form_decoded(password)?.into() })
}

/// Both halves are form-encoded before they are joined (RFC 6749, appendix B). Keys and secrets of
/// ours consist of characters that the encoding leaves alone, so clients that skip it work as well.
fn form_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit =
                    |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                (high << 4) | low
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_and_plain_halves_are_read_alike() {
        assert_eq!(form_decoded("sk_sandbox_Ab1").as_deref(), Some("sk_sandbox_Ab1"));
        assert_eq!(form_decoded("sk%5Fsandbox%5fAb1").as_deref(), Some("sk_sandbox_Ab1"));
        assert_eq!(form_decoded("a+b").as_deref(), Some("a b"));
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(form_decoded(broken), None, "{broken}");
        }
    }
}
