//! `authorization_code`: tokens for a code (RFC 6749, 4.1.3, and RFC 7636).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::oauth::{CodeRefusal, CodeVerifier, OauthError, Redemption};
use tallyport_storage::authorization::codes;
use tallyport_storage::authorization::grants::{self, Ending};

use super::client::Client;
use super::tokens_of_grant::OfGrant;
use super::{OauthFault, refuse};
use crate::Services;
use crate::error::ServiceError;
use crate::secrets::OneTimeToken;
use crate::tokens::IssuedToken;

/// What a client shows for its tokens.
#[derive(Clone, Copy)]
pub struct CodeShown<'a> {
    /// The code.
    pub code: &'a str,
    /// Where it says the code was sent.
    pub redirect_uri: Option<&'a str>,
    /// What it had committed itself to.
    pub code_verifier: &'a str,
    /// For which resource the token shall be.
    pub resource: Option<&'a str>,
    /// The key that it has shown to have.
    pub jkt: Option<&'a str>,
}

impl std::fmt::Debug for CodeShown<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CodeShown(…)")
    }
}

impl Services {
    /// Gives the tokens of a code, once. A code that its own client brings again ends what it gave.
    pub async fn redeem_code(&self, client: &Client, shown: &CodeShown<'_>) -> Result<IssuedToken, OauthFault> {
        let verifier = CodeVerifier::parse(shown.code_verifier);
        let verifier = verifier.map_err(|refusal| refuse(OauthError::InvalidRequest, refusal))?;
        let code_challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_str().as_bytes()));
        self.demand_binding(client, shown.jkt)?;
        let now_ms = self.clock().now_ms();
        let hash = OneTimeToken::hash(shown.code);
        let mut tx = self.db().begin_write().await?;
        let Some(record) = codes::lock(&mut tx, &hash).await? else {
            return Err(refuse(OauthError::InvalidGrant, CodeRefusal::AnotherClient));
        };
        let redemption = Redemption {
            client: client.id,
            redirect_uri: shown.redirect_uri,
            code_challenge: &code_challenge,
            jkt: shown.jkt,
            now_ms,
        };
        if let Err(refusal) = record.code.redeem(&redemption) {
            if refusal == CodeRefusal::Replayed {
                grants::end(&mut tx, record.grant_id, Ending::CodeReplayed, now_ms).await?;
                tx.commit().await?;
                self.forget_revocations();
            }
            return Err(refuse(OauthError::InvalidGrant, refusal));
        }
        if shown.resource.is_some_and(|resource| resource != record.resource) {
            return Err(refuse(OauthError::InvalidTarget, "resource is not the one that was consented to."));
        }
        codes::mark_used(&mut tx, &hash, now_ms).await?;
        let grant = grants::find(&mut tx, record.grant_id).await?;
        let grant = grant.ok_or(ServiceError::broken("a code has no grant"))?;
        let of = OfGrant {
            client,
            grant: &grant,
            scopes: grant.scopes,
            resource: &record.resource,
            nonce: record.nonce.as_deref(),
            signed_in_at_s: record.signed_in_at_s,
            jkt: shown.jkt,
        };
        let mut issued = self.tokens_of_grant(&mut tx, &of).await?;
        self.first_refresh_token(&mut tx, &of, &mut issued).await?;
        tx.commit().await?;
        Ok(issued)
    }
}
