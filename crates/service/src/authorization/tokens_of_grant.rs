//! The tokens that come of a grant, whatever brought them: a code, a refresh token, a device code.

use tallyport_domain::oauth::{GrantScopes, HolderScope, KeptToken};
use tallyport_storage::Tx;
use tallyport_storage::authorization::grants::GrantRecord;
use tallyport_storage::authorization::refresh_tokens::{self, RefreshRecord};
use tallyport_storage::holders;

use super::OauthFault;
use super::client::Client;
use super::consent::ended;
use crate::Services;
use crate::error::ServiceError;
use crate::secrets::OneTimeToken;
use crate::tokens::{IdTokenOf, IssuedToken, Minted, Subject};

/// What tokens are made of.
pub(super) struct OfGrant<'a> {
    pub(super) client: &'a Client,
    pub(super) grant: &'a GrantRecord,
    pub(super) scopes: GrantScopes,
    pub(super) resource: &'a str,
    pub(super) nonce: Option<&'a str>,
    pub(super) signed_in_at_s: i64,
    pub(super) jkt: Option<&'a str>,
}

impl Services {
    /// Access token and ID token of a grant that is alive.
    pub(super) async fn tokens_of_grant(&self, tx: &mut Tx, of: &OfGrant<'_>) -> Result<IssuedToken, OauthFault> {
        let OfGrant { client, grant, scopes, resource, nonce, signed_in_at_s, jkt } = *of;
        if !grant.is_alive(self.clock().now_ms()) {
            return Err(ended());
        }
        let holder = holders::find(&mut *tx, grant.holder_id).await?;
        let holder = holder.ok_or(ServiceError::broken("a grant has no holder"))?;
        if holder.closed_at_ms.is_some() {
            return Err(ended());
        }
        let subject = Subject::Holder { id: holder.id, grant_id: grant.id, signed_in_at_s, details: &grant.details };
        let mut issued = self.mint(&Minted { client, subject, scopes, resource, jkt })?;
        if scopes.has(HolderScope::OpenId) {
            let id_token = IdTokenOf {
                client,
                holder: &holder,
                scopes,
                nonce,
                signed_in_at_s,
                access_token: &issued.access_token,
            };
            issued.id_token = Some(self.sign_id_token(&id_token)?);
        }
        Ok(issued)
    }

    /// The first refresh token of a grant, when the holder gave so much.
    pub(super) async fn first_refresh_token(
        &self,
        tx: &mut Tx,
        of: &OfGrant<'_>,
        issued: &mut IssuedToken,
    ) -> Result<(), OauthFault> {
        if of.grant.scopes.has(HolderScope::OfflineAccess) {
            let token = OneTimeToken::generate(self.randomness());
            self.keep_refresh_token(tx, of, &token).await?;
            issued.refresh_token = Some(token.reveal().to_owned().into());
        }
        Ok(())
    }

    pub(super) async fn keep_refresh_token(
        &self,
        tx: &mut Tx,
        of: &OfGrant<'_>,
        token: &OneTimeToken,
    ) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        let record = RefreshRecord {
            token: KeptToken {
                client: of.client.id,
                jkt: binding(of.client, of.jkt),
                expires_at_ms: self.refresh_until(of.client, of.grant),
                replaced_at_ms: None,
                successor_was_used: false,
            },
            grant_id: of.grant.id,
            resource: of.resource.to_owned(),
            signed_in_at_s: of.signed_in_at_s,
            sealed_successor: None,
        };
        Ok(refresh_tokens::insert(tx, &OneTimeToken::hash(token.reveal()), &record, now_ms).await?)
    }

    /// A refresh token never outlives the consent.
    pub(super) fn refresh_until(&self, client: &Client, grant: &GrantRecord) -> i64 {
        let lifetime_ms = i64::from(client.settings.lifetimes.refresh_token_s()) * 1000;
        grant.expires_at_ms.min(self.clock().now_ms() + lifetime_ms)
    }
}

/// A client that can prove itself may change its key; the refresh token of one that cannot is bound
/// to it (RFC 9449, 5).
fn binding(client: &Client, jkt: Option<&str>) -> Option<String> {
    let is_public = client.method == tallyport_domain::oauth::AuthMethod::None;
    jkt.filter(|_| is_public).map(str::to_owned)
}
