//! Whose account it is that the provider vouches for: the one it was linked to, else the one with the
//! verified address, else a new one.

use std::net::IpAddr;

use serde_json::json;
use tallyport_domain::settings::SignUpPolicy;
use tallyport_domain::{Language, LinkPurpose, Role};
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::{Tx, account_changes, one_time_links, outside_identities};

use super::claims::Claims;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::identity::EmailAddress;
use crate::identity::entrance::member;
use crate::identity::sign_up::{Checked, NAME_LENGTH_MAX, is_name};

/// Whose account it is.
pub(super) enum Linked {
    /// This one's.
    To(Box<DeveloperRecord>),
    /// They were never linked, and the provider does not vouch for the address.
    NotVouchedFor,
    /// They have no account, and may not make one.
    NotInvited,
}

impl Services {
    /// The account of somebody whom the provider vouches for.
    pub(super) async fn link_outside(
        &self,
        from: Option<IpAddr>,
        language: Language,
        issuer: &str,
        claims: &Claims,
    ) -> Result<Linked, ServiceError> {
        let mut tx = self.db().begin_write().await?;
        if let Some(id) = outside_identities::find(&mut tx, issuer, &claims.sub).await? {
            let developer = developers::find_by_id(&mut tx, id).await?;
            return Ok(developer.map_or(Linked::NotVouchedFor, |developer| Linked::To(Box::new(developer))));
        }
        let Ok(email) = claims.email.parse::<EmailAddress>() else { return Ok(Linked::NotVouchedFor) };
        if !claims.is_email_verified() {
            return Ok(Linked::NotVouchedFor);
        }
        let developer = match developers::find_by_email_key(&mut tx, &email.key()).await? {
            Some(known) if known.email_verified_at_ms.is_some() => known,
            Some(unverified) => self.take_over(&mut tx, unverified).await?,
            // Whoever has no account may not make one this way where not everybody may.
            None if self.sign_up_policy().await? != SignUpPolicy::Open => return Ok(Linked::NotInvited),
            None => self.add_vouched(&mut tx, email, language, &claims.name).await?,
        };
        let now_ms = self.clock().now_ms();
        outside_identities::insert(&mut tx, (issuer, &claims.sub), developer.id, now_ms).await?;
        let actor = Actor::person(&Member { network: from, ..member(developer.clone()) });
        let detail = json!({ "issuer": issuer });
        let deed = Deed { action: "account.outside_identity_linked", object: developer.id.to_string(), detail };
        self.record(&mut tx, &actor, deed).await?;
        tx.commit().await?;
        Ok(Linked::To(Box::new(developer)))
    }

    /// Somebody signed up with this address and never showed it to be theirs. Whoever the provider
    /// vouches for did; a password that a stranger may have chosen must not open it.
    async fn take_over(&self, tx: &mut Tx, known: DeveloperRecord) -> Result<DeveloperRecord, ServiceError> {
        let now_ms = self.clock().now_ms();
        let password_hash = self.passwords().unusable(self.randomness()).0;
        account_changes::set_password(tx, known.id, &password_hash).await?;
        account_changes::verify_email(tx, known.id, now_ms).await?;
        one_time_links::withdraw(tx, LinkPurpose::VerifyEmail, &known.id.to_string(), now_ms).await?;
        Ok(DeveloperRecord { password_hash, email_verified_at_ms: Some(now_ms), ..known })
    }

    async fn add_vouched(
        &self,
        tx: &mut Tx,
        email: EmailAddress,
        language: Language,
        name: &str,
    ) -> Result<DeveloperRecord, ServiceError> {
        let name: String = name.trim().chars().take(NAME_LENGTH_MAX).collect();
        let name = if is_name(&name) { name } else { email.as_str().chars().take(NAME_LENGTH_MAX).collect() };
        let checked = Checked { name: &name, email, language };
        let hash = self.passwords().unusable(self.randomness());
        let mut developer = self.new_developer(&checked, hash, Role::Developer);
        developer.email_verified_at_ms = Some(developer.created_at_ms);
        developers::insert(tx, &developer).await?;
        self.make_first_team(tx, &developer).await?;
        Ok(developer)
    }
}
