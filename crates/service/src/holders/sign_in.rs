//! Signing in as a holder, and the session that comes of it: apart from those of developers, shorter,
//! and never prolonged.

use std::net::IpAddr;

use tallyport_domain::ids::HolderId;
use tallyport_storage::holders::{self, HolderPassword, HolderRecord};
use zeroize::Zeroizing;

use super::Holder;
use super::test_holders::sealed_password_place;
use crate::Services;
use crate::error::ServiceError;
use crate::identity::{Attempt, EmailAddress, TooManyTries};
use crate::secrets::{OneTimeToken, PasswordHash};

/// For how long a holder stays signed in.
pub const SESSION_LIFETIME_MS: i64 = 60 * 60 * 1000;
/// The most bytes of a password that is looked at.
const PASSWORD_BYTES_MAX: usize = 256;

/// How a holder's try to sign in ends.
#[derive(Debug)]
pub enum HolderSignIn {
    /// They are who they say.
    SignedIn {
        /// Who it is.
        holder: Box<Holder>,
        /// The session's secret, for the cookie.
        session: OneTimeToken,
    },
    /// Address and password are nobody's.
    Wrong,
    /// The password was not even looked at.
    TooManyTries(TooManyTries),
}

impl Services {
    /// Signs a holder in, as often as account and network are allowed to try.
    pub async fn sign_in_holder(
        &self,
        from: Option<IpAddr>,
        email: &str,
        mut password: Zeroizing<String>,
    ) -> Result<HolderSignIn, ServiceError> {
        let email = email.parse::<EmailAddress>().ok();
        // A holder's address counts apart from a developer's: they are different accounts.
        let name = email.as_ref().map(|email| format!("holder:{}", email.key()));
        let taken = match self.take_try(Attempt::Password, name.as_deref(), from) {
            Ok(taken) => taken,
            Err(refused) => return Ok(HolderSignIn::TooManyTries(refused)),
        };
        let found = match &email {
            Some(email) => holders::find_by_email_key(&mut self.db().read().await?, &email.key()).await?,
            None => None,
        };
        if password.len() > PASSWORD_BYTES_MAX {
            password = Zeroizing::new(String::new());
        }
        let matches = self.is_holders_password(found.as_ref(), password).await?;
        let Some(record) = found.filter(|record| matches && record.closed_at_ms.is_none()) else {
            return Ok(HolderSignIn::Wrong);
        };
        self.give_back(&taken);
        let session = OneTimeToken::generate(self.randomness());
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let hash = OneTimeToken::hash(session.reveal());
        holders::begin_session(&mut tx, &hash, record.id, now_ms, now_ms + SESSION_LIFETIME_MS).await?;
        tx.commit().await?;
        Ok(HolderSignIn::SignedIn { holder: Box::new(Holder::of(record, now_ms, from)), session })
    }

    /// A password that is shown is random, so comparing is enough; a chosen one is hashed slowly, and
    /// as slowly where there is no account.
    async fn is_holders_password(
        &self,
        record: Option<&HolderRecord>,
        password: Zeroizing<String>,
    ) -> Result<bool, ServiceError> {
        let hash = match record.map(|record| (&record.password, record.id)) {
            Some((HolderPassword::Sealed { sealed, .. }, id)) => {
                let own = self.open(sealed_password_place(&id.to_string()), sealed).await?;
                return Ok(subtle::ConstantTimeEq::ct_eq(own.as_slice(), password.as_bytes()).into());
            }
            Some((HolderPassword::Hashed(hash), _)) => Some(PasswordHash(hash.clone())),
            None => None,
        };
        Ok(self.passwords().verify(password, hash.as_ref()).await)
    }

    /// The holder of a session that lasts.
    pub async fn find_signed_in_holder(
        &self,
        session: &str,
        from: Option<IpAddr>,
    ) -> Result<Option<Holder>, ServiceError> {
        let mut reader = self.db().read().await?;
        let hash = OneTimeToken::hash(session);
        let found: Option<(HolderId, i64)> = holders::find_session(&mut reader, &hash, self.clock().now_ms()).await?;
        let Some((id, signed_in_at_ms)) = found else { return Ok(None) };
        let record = holders::find(&mut reader, id).await?.filter(|record| record.closed_at_ms.is_none());
        Ok(record.map(|record| Holder::of(record, signed_in_at_ms, from)))
    }

    /// Ends a holder's session.
    pub async fn sign_out_holder(&self, session: &str) -> Result<(), ServiceError> {
        let mut tx = self.db().begin_write().await?;
        holders::end_session(&mut tx, &OneTimeToken::hash(session)).await?;
        Ok(tx.commit().await?)
    }
}
