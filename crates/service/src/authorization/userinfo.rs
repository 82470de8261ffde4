//! `userinfo` of OpenID Connect: what a holder lets the application know about them.

use tallyport_domain::oauth::HolderScope;
use tallyport_storage::holders;

use crate::Services;
use crate::caller::Caller;
use crate::error::ServiceError;
use crate::tokens::About;

impl Services {
    /// What the caller may know about the holder it calls for; nothing when the token does not carry
    /// `openid`, or there is no holder any more.
    pub async fn userinfo(&self, caller: &Caller) -> Result<Option<serde_json::Value>, ServiceError> {
        let Some(authority) = caller.holder.as_ref().filter(|own| own.about.has(HolderScope::OpenId)) else {
            return Ok(None);
        };
        let found = holders::find(&mut self.db().read().await?, authority.holder_id).await?;
        let Some(holder) = found.filter(|holder| holder.closed_at_ms.is_none()) else { return Ok(None) };
        let about = serde_json::to_value(About::of(&holder, authority.about));
        let mut about = about.map_err(|_| ServiceError::broken("what is known of a holder cannot be written"))?;
        about["sub"] = holder.id.to_string().into();
        Ok(Some(about))
    }
}
