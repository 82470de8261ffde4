//! Turning the second step on and off, and replacing the recovery codes.

use tallyport_storage::{StorageError, Tx, developers, recovery_codes, totp};
use zeroize::Zeroizing;

use super::recovery::RecoveryCodes;
use super::secret::TotpSetup;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::identity::confirm::ConfirmRefusal;
use crate::identity::throttle::{Attempt, TooManyTries};
use crate::mail::letters::{self, SecondStepChange};

/// How somebody's second step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondStepState {
    /// There is none.
    Off,
    /// A secret was made and waits for its first code.
    Begun,
    /// Codes are asked for at sign-in.
    On {
        /// Recovery codes that were not used yet.
        codes_left: u64,
    },
}

/// Why a second step is not begun.
#[derive(Debug, thiserror::Error)]
pub enum StartTotpRefusal {
    /// The password was not shown.
    #[error(transparent)]
    Confirm(#[from] ConfirmRefusal),
    /// It is on already.
    #[error("the second step is on")]
    AlreadyOn,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for StartTotpRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

/// Why a second step is not turned on.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmTotpRefusal {
    /// The code is not one of the secret's, or there is no secret that waits.
    #[error("the code is wrong")]
    Wrong,
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ConfirmTotpRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// How the member's second step stands.
    pub async fn second_step_state(&self, member: &Member) -> Result<SecondStepState, ServiceError> {
        let mut reader = self.db().read().await?;
        Ok(match totp::find(&mut reader, member.developer_id).await? {
            None => SecondStepState::Off,
            Some(record) if record.confirmed_at_ms.is_none() => SecondStepState::Begun,
            Some(_) => {
                let codes_left = recovery_codes::count_unused(&mut reader, member.developer_id).await?;
                SecondStepState::On { codes_left }
            }
        })
    }

    /// Makes a secret that waits for its first code.
    pub async fn start_totp(&self, member: &Member, password: Zeroizing<String>) -> Result<(), StartTotpRefusal> {
        self.confirm_password(member, password).await?;
        let sealed = self.new_sealed_secret(member.developer_id);
        let mut tx = self.db().begin_write().await?;
        if !totp::begin(&mut tx, member.developer_id, &sealed, self.clock().now_ms()).await? {
            return Err(StartTotpRefusal::AlreadyOn);
        }
        Ok(tx.commit().await?)
    }

    /// What the authenticator has to be told, as long as the secret waits.
    pub async fn find_totp_setup(&self, member: &Member) -> Result<Option<TotpSetup>, ServiceError> {
        let found = totp::find(&mut self.db().read().await?, member.developer_id).await?;
        let Some(record) = found.filter(|record| record.confirmed_at_ms.is_none()) else { return Ok(None) };
        Ok(Some(self.open_secret(member.developer_id, &record).await?.setup(&member.email)?))
    }

    /// Turns the second step on, by the first code of the secret.
    pub async fn confirm_totp(&self, member: &Member, code: &str) -> Result<RecoveryCodes, ConfirmTotpRefusal> {
        let (id, now_ms) = (member.developer_id, self.clock().now_ms());
        let taken = self.take_try(Attempt::SecondStep, Some(&id.to_string()), member.network)?;
        let found = totp::find(&mut self.db().read().await?, id).await?;
        let record = found.filter(|record| record.confirmed_at_ms.is_none()).ok_or(ConfirmTotpRefusal::Wrong)?;
        let step = self.open_secret(id, &record).await?.step_of(code, now_ms)?.ok_or(ConfirmTotpRefusal::Wrong)?;
        let codes = RecoveryCodes::draw(self.randomness());
        let mut tx = self.db().begin_write().await?;
        if !totp::confirm(&mut tx, id, &record.sealed_secret, step, now_ms).await? {
            return Err(ConfirmTotpRefusal::Wrong);
        }
        recovery_codes::replace(&mut tx, id, &codes.hashes(id), now_ms).await?;
        self.tell(&mut tx, member, SecondStepChange::On).await?;
        tx.commit().await?;
        self.give_back(&taken);
        Ok(codes)
    }

    /// Turns the second step off.
    pub async fn stop_totp(&self, member: &Member, password: Zeroizing<String>) -> Result<(), ConfirmRefusal> {
        self.confirm_password(member, password).await?;
        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        let was_on = totp::delete(&mut tx, member.developer_id).await.map_err(ServiceError::from)?;
        recovery_codes::delete_all(&mut tx, member.developer_id).await.map_err(ServiceError::from)?;
        if was_on {
            self.tell(&mut tx, member, SecondStepChange::Off).await?;
        }
        Ok(tx.commit().await.map_err(ServiceError::from)?)
    }

    /// Replaces the recovery codes of a second step that is on. None when it is not.
    pub async fn replace_recovery_codes(
        &self,
        member: &Member,
        password: Zeroizing<String>,
    ) -> Result<Option<RecoveryCodes>, ConfirmRefusal> {
        self.confirm_password(member, password).await?;
        let id = member.developer_id;
        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        let found = totp::find(&mut tx, id).await.map_err(ServiceError::from)?;
        if found.is_none_or(|record| record.confirmed_at_ms.is_none()) {
            return Ok(None);
        }
        let codes = RecoveryCodes::draw(self.randomness());
        let now_ms = self.clock().now_ms();
        recovery_codes::replace(&mut tx, id, &codes.hashes(id), now_ms).await.map_err(ServiceError::from)?;
        self.tell(&mut tx, member, SecondStepChange::RecoveryCodesReplaced).await?;
        tx.commit().await.map_err(ServiceError::from)?;
        Ok(Some(codes))
    }

    /// Tells the owner by mail and writes it down.
    pub(super) async fn tell(
        &self,
        tx: &mut Tx,
        member: &Member,
        change: SecondStepChange,
    ) -> Result<(), ServiceError> {
        let found = developers::find_by_id(&mut *tx, member.developer_id).await?;
        let developer = found.ok_or(ServiceError::broken("a member has no row"))?;
        let letter = letters::second_step_changed(developer.language, change, &self.page_url("/forgot"));
        self.write_mail(tx, &developer.email, &letter).await?;
        let action = match change {
            SecondStepChange::On => "account.second_step_turned_on",
            SecondStepChange::Off => "account.second_step_turned_off",
            SecondStepChange::RecoveryCodeUsed => "account.recovery_code_used",
            SecondStepChange::RecoveryCodesReplaced => "account.recovery_codes_replaced",
        };
        let deed = Deed { action, object: developer.id.to_string(), detail: serde_json::json!({}) };
        self.record(tx, &Actor::person(member), deed).await
    }
}
