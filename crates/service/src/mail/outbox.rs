//! The outbox: what was written and waits to be sent.

use std::fmt;

use serde::{Deserialize, Serialize};
use tallyport_domain::ids::MailId;
use tallyport_storage::Tx;
use tallyport_storage::mails::{self, MailRecord};

use crate::Services;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::Place;

/// A mail as it is written: plain text, in the reader's language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The subject, on one line.
    pub subject: String,
    /// The text. Links stand on lines of their own.
    pub text: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Letter").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// A mail that was opened for sending or for the local mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadableMail {
    /// The id.
    pub id: MailId,
    /// The address it goes to.
    pub recipient: String,
    /// What it says.
    pub letter: Letter,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was written.
    pub created_at_ms: i64,
}

fn place(id: &str) -> Place<'_> {
    Place { table: "mails", column: "sealed", row: id }
}

impl Services {
    /// Writes a mail as part of a larger change; it leaves once that is committed.
    pub(crate) async fn write_mail(&self, tx: &mut Tx, recipient: &str, letter: &Letter) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        let id = MailId::from_parts(now_ms, random_bytes(self.randomness()));
        let text = serde_json::to_vec(letter).map_err(|_| ServiceError::broken("a letter is not JSON"))?;
        let mail = MailRecord {
            id,
            recipient: recipient.to_owned(),
            sealed: self.vault().seal(place(&id.to_string()), &text, self.randomness()),
            attempts: 0,
            created_at_ms: now_ms,
        };
        Ok(mails::insert(tx, &mail).await?)
    }

    /// The newest mails, newest first: what the local mailbox shows.
    pub async fn list_mails(&self, limit: u32) -> Result<Vec<ReadableMail>, ServiceError> {
        let records = mails::list_newest(&mut self.db().read().await?, limit).await?;
        let mut readable = Vec::with_capacity(records.len());
        for record in records {
            readable.push(self.open_mail(record).await?);
        }
        Ok(readable)
    }

    pub(crate) async fn open_mail(&self, mail: MailRecord) -> Result<ReadableMail, ServiceError> {
        let text = self.open(place(&mail.id.to_string()), &mail.sealed).await?;
        let letter =
            serde_json::from_slice(&text).map_err(|_| ServiceError::broken("a sealed mail is not a letter"))?;
        let MailRecord { id, recipient, attempts, created_at_ms, .. } = mail;
        Ok(ReadableMail { id, recipient, letter, attempts, created_at_ms })
    }
}
