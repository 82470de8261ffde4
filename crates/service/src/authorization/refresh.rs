//! `refresh_token`: the next access token (RFC 6749, 6), with rotation (RFC 9700, 4.14.2).

use tallyport_domain::oauth::refresh::Shown;
use tallyport_domain::oauth::{OauthError, RefreshRefusal, Turn};
use tallyport_storage::authorization::SecretHash;
use tallyport_storage::authorization::grants::{self, Ending};
use tallyport_storage::authorization::refresh_tokens::{self, RefreshRecord};

use super::client::Client;
use super::tokens_of_grant::OfGrant;
use super::{OauthFault, refuse};
use crate::Services;
use crate::error::ServiceError;
use crate::secrets::{OneTimeToken, Place};
use crate::tokens::IssuedToken;

impl Services {
    /// Gives the next tokens. A refresh token that comes again after its answer arrived ends its
    /// whole family.
    pub async fn refresh(
        &self,
        client: &Client,
        token: &str,
        scope: Option<&str>,
        jkt: Option<&str>,
    ) -> Result<IssuedToken, OauthFault> {
        self.demand_binding(client, jkt)?;
        let now_ms = self.clock().now_ms();
        let hash = OneTimeToken::hash(token);
        let mut tx = self.db().begin_write().await?;
        let Some(record) = refresh_tokens::lock(&mut tx, &hash).await? else {
            return Err(refuse(OauthError::InvalidGrant, RefreshRefusal::AnotherClient));
        };
        let shown = Shown { client: client.id, profile: client.settings.profile, jkt, now_ms };
        let turn = match record.token.turn(&shown) {
            Ok(turn) => turn,
            Err(refusal) => {
                if refusal == RefreshRefusal::Reused {
                    grants::end(&mut tx, record.grant_id, Ending::RefreshReused, now_ms).await?;
                    tx.commit().await?;
                    self.forget_revocations();
                }
                return Err(refuse(OauthError::InvalidGrant, refusal));
            }
        };
        let grant = grants::find(&mut tx, record.grant_id).await?;
        let grant = grant.ok_or(ServiceError::broken("a refresh token has no grant"))?;
        let scopes = grant.scopes.narrowed(scope).map_err(|refusal| refuse(OauthError::InvalidScope, refusal))?;
        let of = OfGrant {
            client,
            grant: &grant,
            scopes,
            resource: &record.resource,
            nonce: None,
            signed_in_at_s: record.signed_in_at_s,
            jkt,
        };
        let mut issued = self.tokens_of_grant(&mut tx, &of).await?;
        issued.refresh_token = Some(match turn {
            Turn::Keep => {
                refresh_tokens::prolong(&mut tx, &hash, self.refresh_until(client, &grant)).await?;
                token.to_owned().into()
            }
            Turn::HandOutSuccessorAgain => self.successor(&hash, &record).await?.into(),
            Turn::Replace => {
                let next = OneTimeToken::generate(self.randomness());
                self.keep_refresh_token(&mut tx, &of, &next).await?;
                let row = hex(&hash);
                let sealed = self.vault().seal(place(&row), next.reveal().as_bytes(), self.randomness());
                refresh_tokens::replace(&mut tx, &hash, &OneTimeToken::hash(next.reveal()), &sealed, now_ms).await?;
                next.reveal().to_owned().into()
            }
        });
        tx.commit().await?;
        Ok(issued)
    }

    async fn successor(&self, hash: &SecretHash, record: &RefreshRecord) -> Result<String, ServiceError> {
        let sealed = record.sealed_successor.as_deref();
        let sealed = sealed.ok_or(ServiceError::broken("a replaced refresh token has no successor"))?;
        let row = hex(hash);
        let opened = self.open(place(&row), sealed).await?;
        String::from_utf8(opened.to_vec()).map_err(|_| ServiceError::broken("a sealed refresh token is no text"))
    }
}

fn place(row: &str) -> Place<'_> {
    Place { table: "refresh_tokens", column: "sealed_successor", row }
}

fn hex(hash: &SecretHash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
