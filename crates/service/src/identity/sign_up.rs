//! Signing up. The answer is the same whether the address is new or known, so that nobody learns
//! who has an account; it takes as long, too: in both cases the password is hashed and a mail written.

use std::net::IpAddr;

use serde_json::json;
use tallyport_domain::ids::DeveloperId;
use tallyport_domain::password::{self, PasswordFault};
use tallyport_domain::settings::SignUpPolicy;
use tallyport_domain::{Language, LinkPurpose, Role};
use tallyport_storage::account_changes::{self, SignUpAgain};
use tallyport_storage::developers::{self, DeveloperRecord, EMAIL_IS_UNIQUE};
use tallyport_storage::{StorageError, Tx, one_time_links};
use zeroize::Zeroizing;

use super::EmailAddress;
use super::entrance::member;
use super::links::{HOUR_MS, NewLink};
use super::throttle::{Attempt, TooManyTries};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::mail::letters;
use crate::ports::random_bytes;
use crate::secrets::{OneTimeToken, PasswordHash};

/// The most characters a person's name may have.
pub const NAME_LENGTH_MAX: usize = 80;
/// The fewest characters a password may have.
pub const PASSWORD_LENGTH_MIN: usize = password::LENGTH_MIN;
/// The most bytes a password may have; longer ones only cost time.
pub const PASSWORD_LENGTH_MAX: usize = password::LENGTH_MAX;

/// For how long the link works that shows an address to be somebody's.
const VERIFY_LIFETIME_MS: i64 = 24 * HOUR_MS;
/// The page that the link leads to.
const VERIFY_PAGE: &str = "/verify";

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
    /// The password is among those that are tried first.
    PasswordCommon,
}

impl From<PasswordFault> for SignUpFault {
    fn from(fault: PasswordFault) -> Self {
        match fault {
            PasswordFault::Short => Self::PasswordShort,
            PasswordFault::Long => Self::PasswordLong,
            PasswordFault::Common => Self::PasswordCommon,
        }
    }
}

/// What the browser that signed up keeps, so that the link of the mail works there by itself. In any
/// other browser it asks for the password: who signs up with somebody else's address gets nothing
/// from the owner's curious click.
pub struct SignUpProof(OneTimeToken);

impl SignUpProof {
    /// The text to keep with the session.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// What the link keeps of a proof.
    pub(super) fn hash(text: &str) -> String {
        OneTimeToken::hash(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Why a person is not signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<SignUpFault>),
    /// Nobody may sign up at this time.
    #[error("nobody may sign up")]
    Closed,
    /// Signing up takes an invitation to this address.
    #[error("signing up takes an invitation")]
    NotInvited,
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for SignUpRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
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
    if !is_name(name) {
        faults.push(SignUpFault::Name);
    }
    let email = sign_up.email.parse();
    if email.is_err() {
        faults.push(SignUpFault::Email);
    }
    if let Err(fault) = password::check(&sign_up.password, name, sign_up.email.trim()) {
        faults.push(fault.into());
    }
    match email {
        Ok(email) if faults.is_empty() => Ok(Checked { name, email, language: sign_up.language }),
        _ => Err(faults),
    }
}

/// Whether somebody may be called this.
pub(super) fn is_name(name: &str) -> bool {
    (1..=NAME_LENGTH_MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control)
}

impl Services {
    /// Signs a person up, who then has a mail to answer. Says nothing of whether the address was
    /// known already. An invitation is asked for where the settings say so.
    pub async fn sign_up(
        &self,
        from: Option<IpAddr>,
        invitation: Option<&str>,
        sign_up: SignUp<'_>,
    ) -> Result<SignUpProof, SignUpRefusal> {
        let checked = check(&sign_up).map_err(SignUpRefusal::Faults)?;
        self.take_try(Attempt::Mail, Some(&checked.email.key()), from)?;
        match self.sign_up_policy().await? {
            SignUpPolicy::Open => {}
            SignUpPolicy::Closed => return Err(SignUpRefusal::Closed),
            SignUpPolicy::Invitation => {
                let invited = self.find_invited(invitation.unwrap_or_default()).await?;
                if invited.is_none_or(|invited| invited.key() != checked.email.key()) {
                    return Err(SignUpRefusal::NotInvited);
                }
            }
        }
        let hash = self.passwords().hash(sign_up.password, self.randomness()).await;
        let developer = self.new_developer(&checked, hash, Role::Developer);
        let proof = SignUpProof(OneTimeToken::generate(self.randomness()));
        match self.write_sign_up(&developer, &proof, from).await {
            // Somebody signed up with the same address at the same moment; now it is known.
            Err(SignUpRefusal::Service(ServiceError::Storage(error))) if error.is_conflict_on(EMAIL_IS_UNIQUE) => {
                self.write_sign_up(&developer, &proof, from).await?;
            }
            written => written?,
        }
        Ok(proof)
    }

    /// The address that an invitation was mailed to. It works until it lapses, as often as its address
    /// is signed up with: before the address is verified, nobody has an account by it.
    pub async fn find_invited(&self, token: &str) -> Result<Option<EmailAddress>, ServiceError> {
        let hash = OneTimeToken::hash(token);
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        let link = one_time_links::find_usable(&mut reader, &hash, LinkPurpose::SignUp, now_ms).await?;
        Ok(link.and_then(|link| link.detail.parse().ok()))
    }

    async fn write_sign_up(
        &self,
        developer: &DeveloperRecord,
        proof: &SignUpProof,
        from: Option<IpAddr>,
    ) -> Result<(), SignUpRefusal> {
        let mut tx = self.db().begin_write().await?;
        match developers::find_by_email_key(&mut tx, &developer.email_key).await? {
            None => {
                developers::insert(&mut tx, developer).await?;
                self.make_first_team(&mut tx, developer).await?;
                self.mail_verification(&mut tx, developer, proof).await?;
                let mut person = member(developer.clone());
                person.network = from;
                let deed = Deed { action: "account.signed_up", object: developer.id.to_string(), detail: json!({}) };
                self.record(&mut tx, &Actor::person(&person), deed).await?;
            }
            // Nobody could use the account so far: whoever comes last may have it, once verified.
            Some(known) if known.email_verified_at_ms.is_none() => {
                let again = SignUpAgain {
                    name: &developer.name,
                    email: &developer.email,
                    password_hash: &developer.password_hash,
                    language: developer.language,
                };
                account_changes::start_over(&mut tx, known.id, again).await?;
                let developer = DeveloperRecord { id: known.id, ..developer.clone() };
                self.mail_verification(&mut tx, &developer, proof).await?;
            }
            Some(known) => {
                let (sign_in, forgot) = (self.page_url("/signin"), self.page_url("/forgot"));
                let letter = letters::sign_up_known(known.language, &sign_in, &forgot);
                self.write_mail(&mut tx, &known.email, &letter).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Writes the mail with the link that shows the address to be theirs.
    pub(super) async fn mail_verification(
        &self,
        tx: &mut Tx,
        developer: &DeveloperRecord,
        proof: &SignUpProof,
    ) -> Result<(), ServiceError> {
        let link = NewLink {
            purpose: LinkPurpose::VerifyEmail,
            subject: &developer.id.to_string(),
            detail: &SignUpProof::hash(proof.reveal()),
            lifetime_ms: VERIFY_LIFETIME_MS,
            page: VERIFY_PAGE,
        };
        let link = self.make_link(tx, link).await?;
        self.write_mail(tx, &developer.email, &letters::verify_address(developer.language, &link)).await
    }

    /// Sends whoever has shown the password of an unverified account another link.
    pub(super) async fn mail_verification_again(
        &self,
        developer: &DeveloperRecord,
    ) -> Result<SignUpProof, ServiceError> {
        let proof = SignUpProof(OneTimeToken::generate(self.randomness()));
        let mut tx = self.db().begin_write().await?;
        self.mail_verification(&mut tx, developer, &proof).await?;
        tx.commit().await?;
        Ok(proof)
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
