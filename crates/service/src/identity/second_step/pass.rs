//! Passing the second step at sign-in.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::{recovery_codes, totp};

use super::recovery;
use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::identity::entrance::{Entrance, SessionStamp};
use crate::identity::throttle::{Attempt, TooManyTries};
use crate::mail::letters::SecondStepChange;

/// For how long a code may be entered after the password was.
const LIFETIME_MS: i64 = 10 * 60 * 1000;

/// Somebody who has shown the password and still has to show a code. Kept with the session, which
/// is nobody's until then.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PendingEntrance {
    developer_id: String,
    stamp: String,
    begun_at_ms: i64,
}

/// How a try to pass ends.
#[derive(Debug)]
pub enum SecondStepAnswer {
    /// The code is right.
    Passed(Entrance),
    /// It is not, or was used before.
    Wrong,
    /// Too long ago, or the password has changed: to be begun anew.
    Lapsed,
    /// Nobody looked.
    TooManyTries(TooManyTries),
}

impl PendingEntrance {
    pub(in crate::identity) fn of(entrance: &Entrance, now_ms: i64) -> Self {
        Self {
            developer_id: entrance.member.developer_id.to_string(),
            stamp: entrance.stamp.as_str().to_owned(),
            begun_at_ms: now_ms,
        }
    }
}

impl Services {
    /// Lets somebody in who shows a code of the authenticator or a recovery code. Each works once.
    pub async fn pass_second_step(
        &self,
        from: Option<IpAddr>,
        pending: &PendingEntrance,
        code: &str,
    ) -> Result<SecondStepAnswer, ServiceError> {
        let now_ms = self.clock().now_ms();
        let Ok(id) = pending.developer_id.parse::<DeveloperId>() else { return Ok(SecondStepAnswer::Lapsed) };
        if !(0..LIFETIME_MS).contains(&(now_ms - pending.begun_at_ms)) {
            return Ok(SecondStepAnswer::Lapsed);
        }
        let stamp = SessionStamp::kept(pending.stamp.clone());
        let Some(entrance) = self.find_entrance(id, &stamp).await? else { return Ok(SecondStepAnswer::Lapsed) };
        let taken = match self.take_try(Attempt::SecondStep, Some(&pending.developer_id), from) {
            Ok(taken) => taken,
            Err(refused) => return Ok(SecondStepAnswer::TooManyTries(refused)),
        };
        let person = Member { network: from, ..entrance.member.clone() };
        let passed = match recovery::hash(id, code) {
            Some(hash) => self.use_recovery_code(&person, &hash).await?,
            None => self.use_code(id, code).await?,
        };
        if !passed {
            return Ok(SecondStepAnswer::Wrong);
        }
        self.give_back(&taken);
        Ok(SecondStepAnswer::Passed(entrance))
    }

    /// Of all who show the same code at once, one gets in.
    async fn use_code(&self, id: DeveloperId, code: &str) -> Result<bool, ServiceError> {
        let Some(record) = totp::find(&mut self.db().read().await?, id).await? else { return Ok(false) };
        let secret = self.open_secret(id, &record).await?;
        let Some(step) = secret.step_of(code.trim(), self.clock().now_ms())? else { return Ok(false) };
        let mut tx = self.db().begin_write().await?;
        let used = totp::use_step(&mut tx, id, step).await?;
        tx.commit().await?;
        Ok(used)
    }

    async fn use_recovery_code(&self, person: &Member, hash: &recovery_codes::CodeHash) -> Result<bool, ServiceError> {
        let mut tx = self.db().begin_write().await?;
        let taken = recovery_codes::take(&mut tx, person.developer_id, hash, self.clock().now_ms()).await?;
        if taken {
            self.tell(&mut tx, person, SecondStepChange::RecoveryCodeUsed).await?;
        }
        tx.commit().await?;
        Ok(taken)
    }
}
