//! Revocation (RFC 7009): a client gives a token back.

use tallyport_storage::authorization::grants::{self, Ending};
use tallyport_storage::authorization::{refresh_tokens, used};

use super::OauthFault;
use super::client::Client;
use crate::Services;
use crate::secrets::OneTimeToken;
use crate::tokens::LEEWAY_S;

impl Services {
    /// Ends a token of this client; with a refresh token everything that came of the same consent
    /// ends. A token that is not good, or somebody else's, is none of the client's business.
    pub async fn revoke(&self, client: &Client, token: &str) -> Result<(), OauthFault> {
        let now_ms = self.clock().now_ms();
        if let Ok(verified) = self.verified(token).await? {
            let caller = &verified.caller;
            if caller.application_id == client.id.application_id && caller.environment == client.id.environment {
                let mut tx = self.db().begin_write().await?;
                let gone_at_ms = (verified.claims.exp + LEEWAY_S) * 1000;
                used::revoke_token(&mut tx, &verified.claims.jti, gone_at_ms).await?;
                tx.commit().await?;
                self.forget_revocations();
            }
            return Ok(());
        }
        let mut tx = self.db().begin_write().await?;
        let found = refresh_tokens::find(&mut tx, &OneTimeToken::hash(token)).await?;
        if let Some(record) = found.filter(|record| record.token.client == client.id) {
            grants::end(&mut tx, record.grant_id, Ending::Revoked, now_ms).await?;
            tx.commit().await?;
            self.forget_revocations();
        }
        Ok(())
    }
}
