//! Sends what the outbox holds. Any number of processes may do this at once: a mail is leased by one
//! of them, and one whose sender died is taken up again when the lease has run out.

use std::time::Duration;

use tallyport_storage::mails::{self, MailRecord};
use tokio::time::MissedTickBehavior;

use crate::Services;
use crate::error::ServiceError;

/// How often a mail is tried before it counts as failed: over about a day.
pub const TRIES_MAX: i64 = 8;
/// How long sent and failed mails are kept: for the local mailbox, and to see what went wrong.
pub const MAILS_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// How often the outbox is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How many mails one look takes on; they are sent one after another over few connections.
const TAKEN_MAX: u32 = 16;
/// How long the sender has for all of them.
pub const LEASE_MS: i64 = 10 * 60 * 1000;
/// The wait after the first try. Each next one is four times as long.
const FIRST_WAIT_MS: i64 = 15 * 1000;

/// Sends mail until the process ends.
pub(crate) async fn run(services: Services) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = services.0.draining.begun() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = services.send_due_mails().await {
            tracing::warn!(%error, "mail could not be looked at and will be tried again");
        }
    }
}

impl Services {
    /// Sends the mails that are due and returns how many left.
    pub async fn send_due_mails(&self) -> Result<usize, ServiceError> {
        let now_ms = self.clock().now_ms();
        if !mails::is_any_due(&mut self.db().read().await?, now_ms).await? {
            return Ok(0);
        }
        let mut tx = self.db().begin_write().await?;
        let due = mails::lease_due(&mut tx, now_ms, now_ms + LEASE_MS, TAKEN_MAX).await?;
        tx.commit().await?;
        let mut sent = 0;
        for mail in due {
            sent += usize::from(self.send_mail(mail).await?);
        }
        Ok(sent)
    }

    async fn send_mail(&self, mail: MailRecord) -> Result<bool, ServiceError> {
        let (id, tries) = (mail.id, mail.attempts);
        let delivered = match self.open_mail(mail).await {
            Ok(mail) => {
                let name = self.settings().await?.mail_from_name.clone();
                let name = (!name.is_empty()).then_some(name.as_str());
                self.0.mail.deliver(&mail, name).await.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        let mut tx = self.db().begin_write().await?;
        match &delivered {
            Ok(()) => {
                mails::mark_sent(&mut tx, id).await?;
                metrics::counter!("tallyport_mails_total", "outcome" => "sent").increment(1);
            }
            Err(error) if tries < TRIES_MAX => {
                let wait_ms = wait_ms(tries);
                mails::postpone(&mut tx, id, self.clock().now_ms() + wait_ms).await?;
                metrics::counter!("tallyport_mails_total", "outcome" => "postponed").increment(1);
                tracing::warn!(mail = %id, %error, tries, "{id} was not sent and waits {} s: {error}", wait_ms / 1000);
            }
            Err(error) => {
                mails::mark_failed(&mut tx, id).await?;
                metrics::counter!("tallyport_mails_total", "outcome" => "failed").increment(1);
                tracing::error!(mail = %id, %error, tries, "{id} was not sent in {tries} tries: {error}");
            }
        }
        tx.commit().await?;
        Ok(delivered.is_ok())
    }

    /// Takes away mails that are done with, at most so many, and tells how many.
    pub(crate) async fn delete_old_mails(&self, limit: u32) -> Result<u64, ServiceError> {
        let mut tx = self.db().begin_write().await?;
        let gone = mails::delete_done(&mut tx, self.clock().now_ms() - MAILS_KEPT_MS, limit).await?;
        tx.commit().await?;
        Ok(gone)
    }
}

/// How long to wait after so many tries.
fn wait_ms(tries: i64) -> i64 {
    let exponent = u32::try_from(tries - 1).unwrap_or(0).min(16);
    FIRST_WAIT_MS * 4_i64.pow(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_a_mail_ends_within_a_day() {
        let waits: Vec<i64> = (1..TRIES_MAX).map(wait_ms).collect();
        assert!(waits.is_sorted());
        assert_eq!(waits[0], FIRST_WAIT_MS);
        let hours = waits.iter().sum::<i64>() / 3_600_000;
        assert!((12..24).contains(&hours), "{hours}");
    }
}
