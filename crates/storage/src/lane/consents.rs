//! The payments that holders consented to: those that a batch may use up, locked, and those that it did.

use tallyport_domain::Money;
use tallyport_domain::books::{Books, Command, ConsentedPayment, PaymentConsent};
use tallyport_domain::ids::GrantId;
use tallyport_domain::oauth::{Payee, PaymentDetail};

use crate::column::RowOf;
use crate::rows::{Writes, add_rows, lock_by_keys};
use crate::{StorageError, Tx};

#[derive(sqlx::FromRow)]
struct ConsentRow {
    grant_id: String,
    holder_id: String,
    expires_at_ms: i64,
    ended_at_ms: Option<i64>,
    position: i64,
    amount_minor: i64,
    currency: String,
    payee: String,
    used_by: Option<String>,
}

/// The consents that the batch's payments name, with those of their payments that are used up.
pub(super) async fn lock(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<GrantId> = commands.iter().filter_map(Command::consent).collect();
    ids.sort_unstable();
    ids.dedup();
    // The grant is locked as well: whoever takes it back waits, or is waited for.
    let rows = lock_by_keys!(
        tx,
        ids,
        ConsentRow,
        "SELECT grants.id AS grant_id, grants.holder_id, grants.expires_at_ms, grants.ended_at_ms, \
         granted_payments.position, granted_payments.amount_minor, granted_payments.currency, \
         granted_payments.payee, granted_payments.used_by \
         FROM grants JOIN granted_payments ON granted_payments.grant_id = grants.id \
         WHERE grants.id IN ({}) ORDER BY grants.id, granted_payments.position",
        |id| [id.to_string()]
    )
    .await?;
    for row in rows {
        row.add_to(books)?;
    }
    Ok(())
}

impl ConsentRow {
    fn add_to(self, books: &mut Books) -> Result<(), StorageError> {
        let row = RowOf { table: "granted_payments", id: &self.grant_id };
        // What was ended is over whatever this process's clock says.
        let ends_at_ms = if self.ended_at_ms.is_some() { 0 } else { self.expires_at_ms };
        let holder_id = row.parse("holder_id", &self.holder_id)?;
        let consent = books.consents.entry(row.parse("id", &self.grant_id)?);
        let consent = consent.or_insert_with(|| PaymentConsent { holder_id, ends_at_ms, payments: Vec::new() });
        if usize::try_from(self.position) != Ok(consent.payments.len()) {
            return Err(row.corrupt("position"));
        }
        consent.payments.push(ConsentedPayment {
            detail: PaymentDetail {
                amount: Money::from_minor(self.amount_minor, row.parse("currency", &self.currency)?),
                payee: Payee::parse(&self.payee).ok_or(row.corrupt("payee"))?,
            },
            used_by: row.parse_some("used_by", self.used_by.as_deref())?,
        });
        Ok(())
    }
}

/// Writes which consents the batch used up.
pub(super) fn write(writes: &mut Writes, books: &Books) -> Result<(), StorageError> {
    let used = &books.changes.consents_used;
    add_rows!(
        writes,
        changing "granted_payments",
        used,
        "WITH change (grant_id, position, used_by, used_at_ms) AS (VALUES {}) \
         UPDATE granted_payments SET used_by = change.used_by, used_at_ms = change.used_at_ms FROM change \
         WHERE granted_payments.grant_id = change.grant_id AND granted_payments.position = change.position \
         AND granted_payments.used_by IS NULL",
        |used| [
            used.grant_id.to_string(),
            i64::try_from(used.position).unwrap_or(i64::MAX),
            used.payment.to_string(),
            books.payments[&used.payment].created_at_ms
        ]
    )
}
