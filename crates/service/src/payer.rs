//! Who pays: an account holder whose consent the token carries, or somebody whom a channel asks.

use tallyport_domain::oauth::Payee;
use tallyport_domain::payment::{CaptureMode, Method, Payer};
use tallyport_domain::scope::Scope;

use crate::caller::{Caller, ScopeMissing};
use crate::payments::PaymentRequest;

/// Why a payment does not fit who pays it. What was consented to is the books' to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayerRefusal {
    /// Only a holder's consent pays from a wallet, and a holder's token pays with nothing else.
    #[error("the token carries no consent to a payment")]
    NoConsent,
    /// A holder pays from their wallet.
    #[error("an account holder pays from their wallet")]
    Method,
    /// Whom the holder pays has to be said.
    #[error("a payment of an account holder names its payee")]
    PayeeMissing,
    /// A wallet pays at once.
    #[error("a wallet pays at once")]
    Capture,
    /// A wallet does not play.
    #[error("a wallet has no outcome to choose")]
    Outcome,
}

impl Caller {
    /// Whether it may make payments at all, and for whom.
    pub(crate) fn payer(&self, request: &PaymentRequest) -> Result<Result<Option<Payer>, PayerRefusal>, ScopeMissing> {
        let Some(holder) = &self.holder else {
            self.require(Scope::PaymentsWrite)?;
            return Ok(fits_channel(request).map(|()| None));
        };
        if !holder.names_payments {
            return Ok(Err(PayerRefusal::NoConsent));
        }
        self.carries(Scope::PaymentsWrite)?;
        Ok(fits_wallet(request)
            .map(|payee| Some(Payer { holder_id: holder.holder_id, grant_id: holder.grant_id, payee: payee.clone() })))
    }
}

fn fits_channel(request: &PaymentRequest) -> Result<(), PayerRefusal> {
    if request.method == Method::HolderWallet { Err(PayerRefusal::NoConsent) } else { Ok(()) }
}

fn fits_wallet(request: &PaymentRequest) -> Result<&Payee, PayerRefusal> {
    if request.method != Method::HolderWallet {
        return Err(PayerRefusal::Method);
    }
    if request.capture != CaptureMode::Automatic {
        return Err(PayerRefusal::Capture);
    }
    if request.sandbox_outcome.is_some() {
        return Err(PayerRefusal::Outcome);
    }
    request.payee.as_ref().ok_or(PayerRefusal::PayeeMissing)
}
