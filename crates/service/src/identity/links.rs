//! Links in mails: made with what they are about, good once and for a while.

use tallyport_domain::LinkPurpose;
use tallyport_storage::Tx;
use tallyport_storage::one_time_links::{self, OneTimeLinkRecord};

use crate::Services;
use crate::error::ServiceError;
use crate::secrets::OneTimeToken;

pub(super) const HOUR_MS: i64 = 60 * 60 * 1000;

/// A link that is not made yet.
pub(crate) struct NewLink<'a> {
    pub(crate) purpose: LinkPurpose,
    /// Whom it is about.
    pub(crate) subject: &'a str,
    /// What it carries along.
    pub(crate) detail: &'a str,
    pub(crate) lifetime_ms: i64,
    /// The page that it leads to.
    pub(crate) page: &'static str,
}

impl Services {
    /// Makes a link in place of older ones of the same purpose and subject. It begins with the
    /// address that the operator set, whatever host the request came to.
    pub(crate) async fn make_link(&self, tx: &mut Tx, link: NewLink<'_>) -> Result<String, ServiceError> {
        let now_ms = self.clock().now_ms();
        one_time_links::withdraw(tx, link.purpose, link.subject, now_ms).await?;
        let token = OneTimeToken::generate(self.randomness());
        let record = OneTimeLinkRecord {
            token_hash: OneTimeToken::hash(token.reveal()),
            purpose: link.purpose,
            subject: link.subject.to_owned(),
            detail: link.detail.to_owned(),
            created_at_ms: now_ms,
            expires_at_ms: now_ms + link.lifetime_ms,
        };
        one_time_links::insert(tx, &record).await?;
        Ok(format!("{}{}?token={}", self.public_url(), link.page, token.reveal()))
    }

    /// The address of a page for a mail.
    pub(super) fn page_url(&self, page: &str) -> String {
        format!("{}{page}", self.public_url())
    }
}
