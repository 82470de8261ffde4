//! Looking through the audit log.

use tallyport_domain::audit::Entry;
use tallyport_storage::administration;
use tallyport_storage::audit::{self, EntryFilter};

use crate::Services;
use crate::admin::Administrator;
use crate::error::ServiceError;
use crate::identity::EmailAddress;

/// What a reader of the log looks for; what is empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditSearch {
    /// Who: an id, a command, or the address of somebody with an account.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what: an id.
    pub object: String,
    /// Not before this time.
    pub from_ms: Option<i64>,
    /// Before this time.
    pub until_ms: Option<i64>,
}

impl Services {
    /// Entries of the audit log before a place in it, newest first.
    pub async fn search_audit_log(
        &self,
        _by: &Administrator,
        search: &AuditSearch,
        before_sequence: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Entry>, ServiceError> {
        let mut reader = self.db().read().await?;
        let mut actor = search.actor.trim().to_owned();
        if let Ok(email) = actor.parse::<EmailAddress>()
            && let Some(person) = administration::find_person_by_email(&mut reader, &email.key()).await?
        {
            actor = person.id.to_string();
        }
        let filter = EntryFilter {
            actor,
            action: search.action.trim().to_owned(),
            object: search.object.trim().to_owned(),
            from_ms: search.from_ms.unwrap_or(i64::MIN),
            until_ms: search.until_ms.unwrap_or(i64::MAX),
        };
        let found = audit::search(&mut reader, &filter, before_sequence.unwrap_or(i64::MAX), limit).await?;
        Ok(found.into_iter().map(|chained| chained.entry).collect())
    }
}
