//! Proof Key for Code Exchange (RFC 7636), with S256 and nothing else.

/// The base64url text of a SHA-256 has so many characters.
const CHALLENGE_LENGTH: usize = 43;

/// What the client commits itself to when it asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChallenge(String);

/// What it shows when it comes for the token.
#[derive(Clone, Copy)]
pub struct CodeVerifier<'a>(&'a str);

/// Why challenge or verifier are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PkceRefusal {
    /// There is none.
    #[error("PKCE is required: send code_challenge and code_challenge_method=S256.")]
    Missing,
    /// The method is `plain`, another one, or left out, which means `plain`.
    #[error("The only code_challenge_method is S256.")]
    Method,
    /// The challenge is not the base64url text of a SHA-256.
    #[error("code_challenge is the base64url SHA-256 of the verifier: 43 characters.")]
    Challenge,
    /// The verifier is too short, too long or has other characters.
    #[error("code_verifier is 43 to 128 unreserved characters.")]
    Verifier,
}

impl CodeChallenge {
    /// Reads the two parameters of an authorization request.
    pub fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Self, PkceRefusal> {
        let challenge = challenge.ok_or(PkceRefusal::Missing)?;
        if method != Some("S256") {
            return Err(PkceRefusal::Method);
        }
        let is_base64url = challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if challenge.len() != CHALLENGE_LENGTH || !is_base64url {
            return Err(PkceRefusal::Challenge);
        }
        Ok(Self(challenge.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> CodeVerifier<'a> {
    /// Reads the verifier of a token request (RFC 7636, 4.1).
    pub fn parse(text: &'a str) -> Result<Self, PkceRefusal> {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let fits = (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved);
        if fits { Ok(Self(text)) } else { Err(PkceRefusal::Verifier) }
    }

    /// The text, to be hashed.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn only_s256_is_taken() {
        assert!(CodeChallenge::parse(Some(CHALLENGE), Some("S256")).is_ok());
        assert_eq!(CodeChallenge::parse(None, Some("S256")), Err(PkceRefusal::Missing));
        for method in [None, Some("plain"), Some("s256"), Some("")] {
            assert_eq!(CodeChallenge::parse(Some(CHALLENGE), method), Err(PkceRefusal::Method));
        }
    }

    #[test]
    fn challenge_of_another_length_or_alphabet_is_refused() {
        let long = format!("{CHALLENGE}A");
        for challenge in ["", &CHALLENGE[1..], &long, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"] {
            assert_eq!(CodeChallenge::parse(Some(challenge), Some("S256")), Err(PkceRefusal::Challenge));
        }
    }

    #[test]
    fn verifier_is_43_to_128_unreserved_characters() {
        for (length, fits) in [(42, false), (43, true), (128, true), (129, false)] {
            assert_eq!(CodeVerifier::parse(&"a".repeat(length)).is_ok(), fits, "{length}");
        }
        for odd in [" ", "+", "/", "=", "%", "é"] {
            assert!(CodeVerifier::parse(&format!("{}{odd}", "a".repeat(50))).is_err(), "{odd}");
        }
    }
}
