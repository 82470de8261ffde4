//! Payments that a holder consented to: whoever makes the payment uses the consent up in the same
//! transaction.

use tallyport_domain::Money;
use tallyport_domain::ids::PaymentId;
use tallyport_domain::oauth::Payee;
use tallyport_storage::Tx;
use tallyport_storage::authorization::grants;

use crate::Services;
use crate::caller::HolderAuthority;
use crate::error::ServiceError;

/// Why a payment is not covered by a consent.
#[derive(Debug, thiserror::Error)]
pub enum PaymentConsentRefusal {
    /// The consent has ended.
    #[error("the account holder's consent has ended")]
    Ended,
    /// No payment that is left covers so much to this payee.
    #[error("the account holder did not consent to this payment, or it was made before")]
    NotCovered,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<tallyport_storage::StorageError> for PaymentConsentRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Uses up one of the payments that the holder consented to, as part of the transaction that
    /// makes it. To be called when [`HolderAuthority::names_payments`]; of several that would cover
    /// it, the smallest one is taken.
    pub async fn use_payment_consent(
        &self,
        tx: &mut Tx,
        authority: &HolderAuthority,
        amount: Money,
        payee: &Payee,
        payment: PaymentId,
    ) -> Result<(), PaymentConsentRefusal> {
        let now_ms = self.clock().now_ms();
        let grant = grants::find(&mut *tx, authority.grant_id).await?;
        if !grant.is_some_and(|grant| grant.is_alive(now_ms)) {
            return Err(PaymentConsentRefusal::Ended);
        }
        let unused = grants::lock_unused_payments(tx, authority.grant_id).await?;
        let covering = unused.into_iter().filter(|(_, detail)| detail.covers(amount, payee));
        let smallest = covering.min_by_key(|(_, detail)| detail.amount.minor());
        let (position, _) = smallest.ok_or(PaymentConsentRefusal::NotCovered)?;
        if grants::use_payment(tx, authority.grant_id, position, &payment.to_string(), now_ms).await? {
            Ok(())
        } else {
            Err(PaymentConsentRefusal::NotCovered)
        }
    }
}
