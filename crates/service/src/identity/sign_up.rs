//! Signing up. The answer is the same whether the address is new or known, so that nobody learns
//! who has an account; it takes as long, too, because the password is hashed in both cases.

use tallyport_domain::ids::DeveloperId;
use tallyport_domain::{Language, Role};
use tallyport_storage::developers::{self, DeveloperRecord};
use zeroize::Zeroizing;

use super::EmailAddress;
use crate::Services;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::PasswordHash;

/// The most characters a person's name may have.
pub const NAME_LENGTH_MAX: usize = 80;
/// The fewest characters a password may have.
pub const PASSWORD_LENGTH_MIN: usize = 10;
/// The most bytes a password may have; longer ones only cost time.
pub const PASSWORD_LENGTH_MAX: usize = 256;

/// What a person types to sign up.
pub struct SignUp<'a> {
    /// How they want to be called.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// Their password.
    pub password: Zeroizing<String>,
    /// The language they read.
    pub language: Language,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUpFault {
    /// The name is empty, too long or has control characters.
    Name,
    /// The address cannot be one.
    Email,
    /// The password is too short.
    PasswordShort,
    /// The password is too long.
    PasswordLong,
}

/// Why a person is not signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<SignUpFault>),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// A sign-up that only waits for its password to be hashed.
pub(super) struct Checked<'a> {
    pub(super) name: &'a str,
    pub(super) email: EmailAddress,
    pub(super) language: Language,
}

pub(super) fn check<'a>(sign_up: &SignUp<'a>) -> Result<Checked<'a>, Vec<SignUpFault>> {
    let mut faults = Vec::new();
    let name = sign_up.name.trim();
    if !(1..=NAME_LENGTH_MAX).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        faults.push(SignUpFault::Name);
    }
    let email = sign_up.email.parse();
    if email.is_err() {
        faults.push(SignUpFault::Email);
    }
    if sign_up.password.chars().count() < PASSWORD_LENGTH_MIN {
        faults.push(SignUpFault::PasswordShort);
    }
    if sign_up.password.len() > PASSWORD_LENGTH_MAX {
        faults.push(SignUpFault::PasswordLong);
    }
    match email {
        Ok(email) if faults.is_empty() => Ok(Checked { name, email, language: sign_up.language }),
        _ => Err(faults),
    }
}

impl Services {
    /// Signs a person up. Says nothing of whether the address was known already.
    pub async fn sign_up(&self, sign_up: SignUp<'_>) -> Result<(), SignUpRefusal> {
        let checked = check(&sign_up).map_err(SignUpRefusal::Faults)?;
        let hash = self.passwords().hash(sign_up.password, self.randomness()).await;
        let developer = self.new_developer(&checked, hash, Role::Developer);
        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        match developers::insert(&mut tx, &developer).await {
            Ok(()) => {
                self.make_first_team(&mut tx, &developer).await?;
                tx.commit().await.map_err(ServiceError::from)?;
            }
            Err(error) if error.is_conflict_on("developers(email_key)") => {}
            Err(error) => return Err(ServiceError::from(error).into()),
        }
        Ok(())
    }

    pub(super) fn new_developer(&self, checked: &Checked<'_>, hash: PasswordHash, role: Role) -> DeveloperRecord {
        let now_ms = self.clock().now_ms();
        DeveloperRecord {
            id: DeveloperId::from_parts(now_ms, random_bytes(self.randomness())),
            name: checked.name.to_owned(),
            email: checked.email.as_str().to_owned(),
            email_key: checked.email.key(),
            password_hash: hash.0,
            role,
            language: checked.language,
            email_verified_at_ms: None,
            suspended_at_ms: None,
            closed_at_ms: None,
            created_at_ms: now_ms,
        }
    }
}
