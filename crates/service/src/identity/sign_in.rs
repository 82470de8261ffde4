//! Signing in. Unknown people take as long and hear the same as known ones with a wrong password.

use std::net::IpAddr;

use tallyport_storage::{developers, totp};
use zeroize::Zeroizing;

use super::EmailAddress;
use super::entrance::Entrance;
use super::second_step::PendingEntrance;
use super::sign_up::SignUpProof;
use super::throttle::{Attempt, TooManyTries};
use crate::Services;
use crate::error::ServiceError;

/// How a try to sign in ends.
pub enum SignInAnswer {
    /// Address and password are this person's.
    SignedIn(Entrance),
    /// They are, and now a code is asked for.
    SecondStep(PendingEntrance),
    /// They are, but the address was never verified.
    Unverified {
        /// Of the link that was mailed; none when too many were mailed already.
        proof: Option<SignUpProof>,
    },
    /// They are, but an administrator keeps this person out.
    Suspended,
    /// They are nobody's; it is not told which of the two is wrong.
    Wrong,
    /// The password was not even looked at.
    TooManyTries(TooManyTries),
}

impl Services {
    /// Signs in, as often as account and network are allowed to try. A try that succeeds is free.
    pub async fn try_sign_in(
        &self,
        from: Option<IpAddr>,
        email: &str,
        password: Zeroizing<String>,
    ) -> Result<SignInAnswer, ServiceError> {
        let key = email.parse::<EmailAddress>().ok().map(|email| email.key());
        let taken = match self.take_try(Attempt::Password, key.as_deref(), from) {
            Ok(taken) => taken,
            Err(refused) => return Ok(SignInAnswer::TooManyTries(refused)),
        };
        let found = match &key {
            Some(key) => developers::find_by_email_key(&mut self.db().read().await?, key).await?,
            None => None,
        };
        let matches = self.matches(found.as_ref(), password).await;
        let Some(developer) = found.filter(|developer| matches && developer.closed_at_ms.is_none()) else {
            return Ok(SignInAnswer::Wrong);
        };
        self.give_back(&taken);
        if developer.suspended_at_ms.is_some() {
            return Ok(SignInAnswer::Suspended);
        }
        if developer.email_verified_at_ms.is_none() {
            let may_mail = self.take_try(Attempt::Mail, key.as_deref(), from).is_ok();
            let proof = if may_mail { Some(self.mail_verification_again(&developer).await?) } else { None };
            return Ok(SignInAnswer::Unverified { proof });
        }
        let second_step = totp::find(&mut self.db().read().await?, developer.id).await?;
        let entrance = Entrance::of(developer);
        if second_step.is_some_and(|step| step.confirmed_at_ms.is_some()) {
            return Ok(SignInAnswer::SecondStep(PendingEntrance::of(&entrance, self.clock().now_ms())));
        }
        Ok(SignInAnswer::SignedIn(entrance))
    }
}
