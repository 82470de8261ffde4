//! Making an account for a holder. Holders come from the institution that runs the platform; nobody
//! opens an account by themselves here.

use serde_json::json;
use tallyport_domain::ids::{AppId, HolderId};
use tallyport_domain::{Environment, Language};
use tallyport_storage::holders::{self, HolderPassword, HolderRecord};
use zeroize::Zeroizing;

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::identity::EmailAddress;
use crate::ports::random_bytes;

/// The most characters a holder's name may have.
const NAME_LENGTH_MAX: usize = 80;
/// The fewest characters and the most bytes of a password.
const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 10..=256;

/// A holder to be made.
#[derive(Debug)]
pub struct NewHolder<'a> {
    /// In which world.
    pub environment: Environment,
    /// What they are called.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// Their telephone number.
    pub phone: Option<&'a str>,
    /// Their password.
    pub password: Zeroizing<String>,
    /// The language they read.
    pub language: Language,
}

/// Why a holder is not made.
#[derive(Debug, thiserror::Error)]
pub enum HolderRefusal {
    /// Name, address, telephone number or password cannot be one.
    #[error("the {0} cannot be one")]
    Field(&'static str),
    /// The address has an account.
    #[error("the address has an account")]
    Known,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Makes an account for a holder.
    pub async fn create_holder(&self, actor: &Actor, new: NewHolder<'_>) -> Result<HolderId, HolderRefusal> {
        let name = new.name.trim();
        if !(1..=NAME_LENGTH_MAX).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(HolderRefusal::Field("name"));
        }
        let email: EmailAddress = new.email.parse().map_err(|_| HolderRefusal::Field("address"))?;
        if new.phone.is_some_and(|phone| !is_phone(phone)) {
            return Err(HolderRefusal::Field("telephone number"));
        }
        if !PASSWORD_LENGTH.contains(&new.password.chars().count()) || new.password.len() > *PASSWORD_LENGTH.end() {
            return Err(HolderRefusal::Field("password"));
        }
        let hash = self.passwords().hash(new.password, self.randomness()).await;
        let now_ms = self.clock().now_ms();
        let id = HolderId::from_parts(now_ms, random_bytes(self.randomness()));
        let record = HolderRecord {
            id,
            environment: new.environment,
            name: name.to_owned(),
            email: email.as_str().to_owned(),
            email_key: email.key(),
            phone: new.phone.map(str::to_owned),
            password: HolderPassword::Hashed(hash.0),
            language: new.language,
            created_at_ms: now_ms,
            closed_at_ms: None,
        };
        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        match holders::insert(&mut tx, &record).await {
            Err(error) if error.is_conflict_on("holders(email_key)") => return Err(HolderRefusal::Known),
            inserted => inserted.map_err(ServiceError::from)?,
        }
        let detail = json!({ "environment": new.environment.as_str() });
        self.record(&mut tx, actor, Deed { action: "holder.made", object: id.to_string(), detail }).await?;
        tx.commit().await.map_err(ServiceError::from)?;
        Ok(id)
    }
}

impl Services {
    /// Whether an application may put money into the wallet of a holder: one of its world, and of a test
    /// holder only its own.
    pub(crate) async fn has_wallet(
        &self,
        (application, environment): (AppId, Environment),
        id: HolderId,
    ) -> Result<bool, ServiceError> {
        let found = holders::find(&mut self.db().read().await?, id).await?;
        Ok(found.is_some_and(|holder| {
            let is_own = match holder.password {
                HolderPassword::Hashed(_) => true,
                HolderPassword::Sealed { application_id, .. } => application_id == application,
            };
            is_own && holder.environment == environment && holder.closed_at_ms.is_none()
        }))
    }
}

/// E.164: a plus and up to fifteen digits.
fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
}
