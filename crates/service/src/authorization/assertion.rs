//! `private_key_jwt`: a client shows who it is by an assertion that it signed (RFC 7523, and FAPI
//! 2.0 for what the audience is).

use std::sync::Arc;

use tallyport_domain::oauth::{AuthMethod, Profile};
use tallyport_storage::authorization::{clients, used};

use super::OauthFault;
use super::client::Client;
use super::jose::{Algorithm, Jws, VerifyingKey, is_meant_for, seconds_of, text_of};
use crate::Services;
use crate::caller::CallFrom;
use crate::credentials::Credential;
use crate::error::ServiceError;
use crate::tokens::LEEWAY_S;

/// An assertion may be good for so long at most; its `jti` is remembered until then. Libraries that are
/// told nothing, Authlib among them, make it an hour.
const LIFETIME_MAX_S: i64 = 60 * 60;
/// The most bytes of a `jti`.
pub(super) const JTI_BYTES_MAX: usize = 128;

impl Services {
    /// The client that signed an assertion; none when anything about it is wrong.
    pub(super) async fn check_assertion(
        &self,
        client_id: Option<&str>,
        assertion: &str,
        from: CallFrom,
    ) -> Result<Option<(Client, Arc<Credential>)>, OauthFault> {
        let Some(jws) = Jws::read(assertion) else { return Ok(None) };
        let now_s = self.clock().now_ms().div_euclid(1000);
        let Some((name, jti, exp)) = read(&jws, client_id, self.issuer(), now_s) else { return Ok(None) };
        let Some(credential) = self.credential_named(name).await? else { return Ok(None) };
        let client = self.client_of(&credential, AuthMethod::PrivateKeyJwt).await?;
        if !self.is_signed_by_client(&jws, &client, from).await? {
            return Ok(None);
        }
        // The name is used up last, so that nobody uses it up for somebody else.
        let issuer = format!("assertion:{}", client.id.application_id);
        let mut tx = self.db().begin_write().await?;
        let is_first = used::use_jti(&mut tx, &issuer, jti, (exp + LEEWAY_S) * 1000).await?;
        tx.commit().await?;
        Ok(is_first.then_some((client, credential)))
    }

    /// Whether one of the client's registered keys made the signature.
    pub(super) async fn is_signed_by_client(
        &self,
        jws: &Jws<'_>,
        client: &Client,
        from: CallFrom,
    ) -> Result<bool, ServiceError> {
        // FAPI 2.0, 5.4.1: no PKCS#1 v1.5.
        if client.settings.profile == Profile::Fapi2 && jws.algorithm == Algorithm::Rs256 {
            return Ok(false);
        }
        let kid = text_of(&jws.header, "kid");
        let mut keys = clients::list_keys(&mut self.db().read().await?, client.id, self.clock().now_ms()).await?;
        keys.retain(|key| from.is_within(&key.networks));
        // A `kid` that names one of the keys chooses it; one of the client's own naming does not.
        let named = keys.iter().find(|key| kid == Some(&*key.id.to_string()));
        let candidates = named.map_or(&keys[..], std::slice::from_ref);
        Ok(candidates.iter().filter_map(VerifyingKey::of_record).any(|key| jws.is_signed_by(&key)))
    }
}

/// Client, name and end of an assertion that is good in form and time.
fn read<'j>(jws: &'j Jws<'_>, client_id: Option<&str>, issuer: &str, now_s: i64) -> Option<(&'j str, &'j str, i64)> {
    let is_of_type = match jws.header.find_member("typ") {
        None => true,
        Some(_) => matches!(text_of(&jws.header, "typ"), Some("JWT" | "client-authentication+jwt")),
    };
    let claims = &jws.claims;
    let name = text_of(claims, "iss")?;
    let is_named = text_of(claims, "sub")? == name && client_id.is_none_or(|client_id| client_id == name);
    let exp = seconds_of(claims, "exp")?;
    let is_of_now = exp > now_s - LEEWAY_S && exp <= now_s + LIFETIME_MAX_S + LEEWAY_S;
    let begins = |member| match claims.find_member(member) {
        None => true,
        Some(_) => seconds_of(claims, member).is_some_and(|at_s| at_s <= now_s + LEEWAY_S),
    };
    let jti = text_of(claims, "jti").filter(|jti| (1..=JTI_BYTES_MAX).contains(&jti.len()))?;
    let is_good = is_of_type && is_named && is_of_now && begins("nbf") && begins("iat") && is_meant_for(claims, issuer);
    is_good.then_some((name, jti, exp))
}
