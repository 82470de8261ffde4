//! Demonstrating Proof of Possession (RFC 9449): each request carries a fresh text that the client's
//! key signed for it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::oauth::OauthError;
use tallyport_storage::authorization::used;

use super::assertion::JTI_BYTES_MAX;
use super::jose::{Jws, seconds_of, text_of};
use super::self_signed::{SelfSigned, read_self_signed};
use super::{OauthFault, refuse};
use crate::Services;
use crate::secrets::Place;
use crate::tokens::LEEWAY_S;

/// How old a proof may be.
const AGE_MAX_S: i64 = 60;
/// How old a nonce of ours may be.
const NONCE_AGE_MAX_MS: i64 = 5 * 60 * 1000;
/// A nonce is the time, sealed: every process can read what any of them made, and nobody else can
/// make one.
const NONCE_PLACE: Place<'static> = Place { table: "dpop", column: "nonce", row: "" };

/// A proof and the request it came with.
#[derive(Debug, Clone, Copy)]
pub struct DpopProof<'a> {
    /// The value of the `DPoP` header.
    pub proof: &'a str,
    /// The request's method.
    pub method: &'a str,
    /// The request's address, without query.
    pub url: &'a str,
    /// The token beside it, where there is one.
    pub access_token: Option<&'a str>,
    /// Whether it has to carry our nonce.
    pub demands_nonce: bool,
}

fn wrong(what: &str) -> OauthFault {
    refuse(OauthError::InvalidDpopProof, what)
}

impl Services {
    /// The thumbprint of the key that a proof shows, which is used up by it.
    pub async fn verify_dpop(&self, shown: &DpopProof<'_>) -> Result<String, OauthFault> {
        let (jws, thumbprint_of) = match read_self_signed(shown.proof) {
            SelfSigned::Signed { jws, thumbprint_of } => (jws, thumbprint_of),
            SelfSigned::Unreadable => {
                return Err(wrong("The DPoP proof is not a signed JWT of a kind that is taken."));
            }
            SelfSigned::WithoutKey => return Err(wrong("The DPoP proof needs the public key in jwk.")),
            SelfSigned::ByAnother => return Err(wrong("The DPoP proof is not signed by its key.")),
        };
        if text_of(&jws.header, "typ") != Some("dpop+jwt") {
            return Err(wrong("The DPoP proof needs the typ dpop+jwt."));
        }
        let now_ms = self.clock().now_ms();
        let (jti, iat) = check_claims(&jws, shown, now_ms.div_euclid(1000))?;
        self.check_dpop_nonce(text_of(&jws.claims, "nonce"), shown.demands_nonce, now_ms)?;

        let jkt = URL_SAFE_NO_PAD.encode(digest(&SHA256, thumbprint_of.as_bytes()));
        let mut tx = self.db().begin_write().await?;
        let expires_at_ms = (iat + AGE_MAX_S + LEEWAY_S + 1) * 1000;
        let is_first = used::use_jti(&mut tx, &format!("dpop:{jkt}"), jti, expires_at_ms).await?;
        tx.commit().await?;
        if is_first { Ok(jkt) } else { Err(wrong("The DPoP proof was used before.")) }
    }

    /// A nonce for the next proof.
    #[must_use]
    pub fn fresh_dpop_nonce(&self) -> String {
        let sealed = self.vault().seal(NONCE_PLACE, &self.clock().now_ms().to_be_bytes(), self.randomness());
        URL_SAFE_NO_PAD.encode(sealed)
    }

    fn check_dpop_nonce(&self, nonce: Option<&str>, is_demanded: bool, now_ms: i64) -> Result<(), OauthFault> {
        let Some(nonce) = nonce else {
            let missing = || refuse(OauthError::UseDpopNonce, "Put the nonce of the DPoP-Nonce header into the proof.");
            return if is_demanded { Err(missing()) } else { Ok(()) };
        };
        let made_at_ms = URL_SAFE_NO_PAD
            .decode(nonce)
            .ok()
            .and_then(|sealed| self.vault().open(NONCE_PLACE, &sealed).ok())
            .and_then(|bytes| Some(i64::from_be_bytes(bytes.as_slice().try_into().ok()?)));
        let is_fresh = made_at_ms.is_some_and(|at_ms| (now_ms - at_ms).abs() <= NONCE_AGE_MAX_MS);
        let stale = || refuse(OauthError::UseDpopNonce, "The nonce is not one of ours or too old; use the new one.");
        if is_fresh { Ok(()) } else { Err(stale()) }
    }
}

/// Name and time of a proof that is meant for this request.
fn check_claims<'j>(jws: &'j Jws<'_>, shown: &DpopProof<'_>, now_s: i64) -> Result<(&'j str, i64), OauthFault> {
    let claims = &jws.claims;
    if text_of(claims, "htm") != Some(shown.method) {
        return Err(wrong("htm is not the method of the request."));
    }
    let htu = text_of(claims, "htu").ok_or_else(|| wrong("The DPoP proof needs htu."))?;
    // Query and fragment do not count (RFC 9449, 4.3).
    if htu.split(['?', '#']).next() != Some(shown.url) {
        return Err(wrong("htu is not the address of the request."));
    }
    let iat = seconds_of(claims, "iat").ok_or_else(|| wrong("The DPoP proof needs iat as a whole number."))?;
    if iat > now_s + LEEWAY_S || iat < now_s - AGE_MAX_S {
        return Err(wrong("iat is too far from the server's time."));
    }
    if let Some(token) = shown.access_token {
        let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()));
        if text_of(claims, "ath") != Some(&*hash) {
            return Err(wrong("ath is not the hash of the token."));
        }
    }
    let jti = text_of(claims, "jti").filter(|jti| (1..=JTI_BYTES_MAX).contains(&jti.len()));
    Ok((jti.ok_or_else(|| wrong("The DPoP proof needs a jti of at most 128 bytes."))?, iat))
}
