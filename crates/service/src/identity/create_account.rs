//! Accounts made by decision of whoever runs the platform, rather than by signing up: no mail has to
//! be answered, and nobody is kept from knowing that the address is taken.

use serde_json::json;
use tallyport_domain::Role;
use tallyport_storage::developers::{self, EMAIL_IS_UNIQUE};

use super::entrance::member;
use super::sign_up::{SignUp, SignUpFault, check};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;

/// Why an account is not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountRefusal {
    /// Somebody has this address already.
    #[error("the address is taken")]
    EmailTaken,
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<SignUpFault>),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Makes an account whose address counts as verified.
    pub async fn create_account(
        &self,
        actor: &Actor,
        sign_up: SignUp<'_>,
        role: Role,
    ) -> Result<Member, CreateAccountRefusal> {
        let checked = check(&sign_up).map_err(CreateAccountRefusal::Faults)?;
        let hash = self.passwords().hash(sign_up.password, self.randomness()).await;
        let mut developer = self.new_developer(&checked, hash, role);
        developer.email_verified_at_ms = Some(developer.created_at_ms);

        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        match developers::insert(&mut tx, &developer).await {
            Ok(()) => {}
            Err(error) if error.is_conflict_on(EMAIL_IS_UNIQUE) => return Err(CreateAccountRefusal::EmailTaken),
            Err(error) => return Err(ServiceError::from(error).into()),
        }
        self.make_first_team(&mut tx, &developer).await?;
        let detail = json!({ "role": role.as_str() });
        self.record(&mut tx, actor, Deed { action: "account.created", object: developer.id.to_string(), detail })
            .await?;
        tx.commit().await.map_err(ServiceError::from)?;
        Ok(member(developer))
    }
}
