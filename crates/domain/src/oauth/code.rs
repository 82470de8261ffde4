//! Authorization codes: issued, used once, and what it means when one comes again.

use super::client::ClientId;

/// For how long a code is good.
pub const LIFETIME_MS: i64 = 60_000;

/// Whether a code was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// Nobody has come with it.
    Issued,
    /// Its client got tokens for it.
    Used,
}

/// A code as it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCode {
    /// Who may come with it.
    pub client: ClientId,
    /// Where it was sent.
    pub redirect_uri: String,
    /// What its client committed itself to.
    pub code_challenge: String,
    /// The key that its client announced, by its thumbprint.
    pub jkt: Option<String>,
    /// From when on it is not good any more.
    pub expires_at_ms: i64,
    /// Whether it was used.
    pub state: CodeState,
}

/// What somebody shows who comes with a code.
#[derive(Debug, Clone, Copy)]
pub struct Redemption<'a> {
    /// Who it is.
    pub client: ClientId,
    /// Where they say the code was sent; OAuth 2.1 lets them leave it out.
    pub redirect_uri: Option<&'a str>,
    /// The challenge that belongs to the verifier they show.
    pub code_challenge: &'a str,
    /// The key that they have shown to have, by its thumbprint.
    pub jkt: Option<&'a str>,
    /// When they come.
    pub now_ms: i64,
}

/// Why there are no tokens for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    /// It was issued to somebody else. What its owner got stays as it is: whoever found a code must
    /// not be able to end the owner's access with it.
    #[error("The code is not good.")]
    AnotherClient,
    /// It was used before: what it gave has to end, because one of the two who came stole it.
    #[error("The code was used before; what it gave is revoked.")]
    Replayed,
    /// It is too old.
    #[error("The code has expired.")]
    Expired,
    /// It was sent to another address.
    #[error("redirect_uri is not the one that the code was sent to.")]
    Redirect,
    /// The verifier is not what the client committed itself to.
    #[error("code_verifier does not fit the code_challenge.")]
    Verifier,
    /// The key is not the one that was announced.
    #[error("The DPoP key is not the one of the authorization request.")]
    Key,
}

impl IssuedCode {
    /// Uses the code up.
    pub fn redeem(self, shown: &Redemption<'_>) -> Result<Self, CodeRefusal> {
        if shown.client != self.client {
            return Err(CodeRefusal::AnotherClient);
        }
        if self.state == CodeState::Used {
            return Err(CodeRefusal::Replayed);
        }
        if shown.now_ms >= self.expires_at_ms {
            return Err(CodeRefusal::Expired);
        }
        if shown.redirect_uri.is_some_and(|uri| uri != self.redirect_uri) {
            return Err(CodeRefusal::Redirect);
        }
        if shown.code_challenge != self.code_challenge {
            return Err(CodeRefusal::Verifier);
        }
        if self.jkt.is_some() && shown.jkt != self.jkt.as_deref() {
            return Err(CodeRefusal::Key);
        }
        Ok(Self { state: CodeState::Used, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;
    use crate::ids::AppId;

    fn client(seed: u8) -> ClientId {
        ClientId { application_id: AppId::from_parts(1, [seed; 10]), environment: Environment::Sandbox }
    }

    fn code() -> IssuedCode {
        IssuedCode {
            client: client(1),
            redirect_uri: "https://shop.example/cb".to_owned(),
            code_challenge: "challenge".to_owned(),
            jkt: Some("key".to_owned()),
            expires_at_ms: LIFETIME_MS,
            state: CodeState::Issued,
        }
    }

    fn shown() -> Redemption<'static> {
        Redemption {
            client: client(1),
            redirect_uri: Some("https://shop.example/cb"),
            code_challenge: "challenge",
            jkt: Some("key"),
            now_ms: LIFETIME_MS - 1,
        }
    }

    #[test]
    fn a_code_is_used_once() {
        let used = code().redeem(&shown()).unwrap();
        assert_eq!(used.state, CodeState::Used);
        assert_eq!(used.redeem(&shown()), Err(CodeRefusal::Replayed));
    }

    #[test]
    fn another_client_is_told_nothing_of_a_used_code() {
        let used = IssuedCode { state: CodeState::Used, ..code() };
        let thief = Redemption { client: client(2), ..shown() };
        assert_eq!(used.redeem(&thief), Err(CodeRefusal::AnotherClient));
        let other_world = ClientId { environment: Environment::Live, ..client(1) };
        assert_eq!(code().redeem(&Redemption { client: other_world, ..shown() }), Err(CodeRefusal::AnotherClient));
    }

    #[test]
    fn everything_that_was_announced_has_to_be_shown() {
        let refusal = |shown| code().redeem(&shown).unwrap_err();
        assert_eq!(refusal(Redemption { now_ms: LIFETIME_MS, ..shown() }), CodeRefusal::Expired);
        assert_eq!(
            refusal(Redemption { redirect_uri: Some("https://shop.example/cb/"), ..shown() }),
            CodeRefusal::Redirect
        );
        assert_eq!(refusal(Redemption { code_challenge: "other", ..shown() }), CodeRefusal::Verifier);
        assert_eq!(refusal(Redemption { jkt: None, ..shown() }), CodeRefusal::Key);
        assert_eq!(refusal(Redemption { jkt: Some("other"), ..shown() }), CodeRefusal::Key);
        assert!(code().redeem(&Redemption { redirect_uri: None, ..shown() }).is_ok());
    }
}
