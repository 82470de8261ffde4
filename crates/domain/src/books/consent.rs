//! Payments that an account holder consented to: each is made exactly as it was consented to, once.
//! The consent is used up together with the payment, in the transaction that makes it.

use crate::Money;
use crate::books::{Books, Refusal};
use crate::ids::{GrantId, HolderId, PaymentId};
use crate::oauth::{Payee, PaymentDetail};
use crate::payment::{NewPayment, Payer};

/// What a holder gave, as far as payments go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentConsent {
    /// Who gave it.
    pub holder_id: HolderId,
    /// From when on it allows nothing any more.
    pub ends_at_ms: i64,
    /// The payments, by their position in the consent.
    pub payments: Vec<ConsentedPayment>,
}

/// One payment of a consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentedPayment {
    /// What was consented to.
    pub detail: PaymentDetail,
    /// The payment that used it up.
    pub used_by: Option<PaymentId>,
}

/// A payment of a consent that was used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedConsent {
    /// Of which grant.
    pub grant_id: GrantId,
    /// Which of its payments, counted from zero.
    pub position: usize,
    /// By which payment.
    pub payment: PaymentId,
}

/// Why a consent does not cover a payment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConsentRefusal {
    /// It was withdrawn, or its time is over, or there never was one.
    #[error("the account holder's consent has ended")]
    Ended,
    /// They consented to other payments.
    #[error("the account holder did not consent to {amount} to {payee}")]
    NotGiven {
        /// The amount that was asked for.
        amount: Money,
        /// The payee that was named.
        payee: Payee,
    },
    /// They consented to it, and it was made.
    #[error("the consent was used up by {payment}")]
    Used {
        /// The payment that used it up.
        payment: PaymentId,
    },
}

/// Which payment of the payer's consent this one is; nothing when no holder pays.
pub(super) fn covering(books: &Books, payment: &NewPayment, now_ms: i64) -> Result<Option<UsedConsent>, Refusal> {
    let Some(payer) = &payment.payer else { return Ok(None) };
    let position = find(books, payer, payment.amount, now_ms)?;
    Ok(Some(UsedConsent { grant_id: payer.grant_id, position, payment: payment.id }))
}

fn find(books: &Books, payer: &Payer, amount: Money, now_ms: i64) -> Result<usize, ConsentRefusal> {
    let consent = books.consents.get(&payer.grant_id);
    let alive = consent.filter(|consent| consent.holder_id == payer.holder_id && now_ms < consent.ends_at_ms);
    let alive = alive.ok_or(ConsentRefusal::Ended)?;
    let mut same = alive.payments.iter().enumerate().filter(|(_, one)| one.detail.is(amount, &payer.payee)).peekable();
    let first = same.peek().map(|(_, one)| one.used_by);
    match (same.find(|(_, one)| one.used_by.is_none()), first) {
        (Some((position, _)), _) => Ok(position),
        (None, Some(Some(payment))) => Err(ConsentRefusal::Used { payment }),
        (None, _) => Err(ConsentRefusal::NotGiven { amount, payee: payer.payee.clone() }),
    }
}

/// Uses it up. Do it once the payment's money has moved.
pub(super) fn use_up(books: &mut Books, used: UsedConsent) {
    if let Some(consent) = books.consents.get_mut(&used.grant_id) {
        consent.payments[used.position].used_by = Some(used.payment);
    }
    books.changes.consents_used.push(used);
}
