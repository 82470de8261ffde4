//! Payers: what the browser of somebody who pays sees of a payment, and what they do when it is their
//! turn. Whoever has the address of the payment's page may act on it: its id holds 80 random bits.

use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use tallyport_contract::payment::payer_path;
use tallyport_domain::Environment;
use tallyport_domain::books::{Command, Refusal};
use tallyport_domain::channel::{ChannelAnswer, FailureCode};
use tallyport_domain::ids::PaymentId;
use tallyport_domain::payment::{Card, Method, MoveRefusal, Payment, PaymentState};
use tallyport_storage::applications;

use crate::Services;
use crate::error::ServiceError;
use crate::payments::PaymentRefusal;

/// A payment with the name of whoever is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayersPayment {
    /// The payment.
    pub payment: Payment,
    /// The application that made it.
    pub application_name: String,
}

impl Services {
    /// The payment that a payer was sent to.
    pub async fn find_payment_of_payer(&self, id: PaymentId) -> Result<Option<PayersPayment>, ServiceError> {
        let Some(payment) = self.load_payment(id).await? else { return Ok(None) };
        let mut reader = self.db().read().await?;
        let application_name = applications::find_name(&mut reader, payment.asked.application_id).await?;
        let application_name = application_name.ok_or(ServiceError::broken("a payment has no application"))?;
        Ok(Some(PayersPayment { payment, application_name }))
    }

    /// The path of the page that stands in for the payer's wallet in the sandbox.
    #[must_use]
    pub fn wallet_path(id: PaymentId) -> String {
        format!("{}/wallet", payer_path(id))
    }

    /// The code that a payer scans: it leads their phone to the wallet's page. A whole SVG document.
    pub fn wallet_code(&self, id: PaymentId) -> Result<String, ServiceError> {
        let url = format!("{}{}", self.public_url(), Self::wallet_path(id));
        let code = QRBuilder::new(url).build().map_err(|_| ServiceError::broken("a payment's code cannot be drawn"))?;
        Ok(SvgBuilder::default().to_str(&code))
    }

    /// What the payer of a sandbox payment did when it was their turn. Whoever comes too late ends it.
    pub async fn act_as_sandbox_payer(&self, id: PaymentId, confirms: bool) -> Result<(), PaymentRefusal> {
        let payment = self.load_payment(id).await?.ok_or(Refusal::NoSuchPayment { payment: id })?;
        if payment.asked.environment != Environment::Sandbox {
            return Err(Refusal::NoSuchPayment { payment: id }.into());
        }
        let PaymentState::RequiresAction { expires_at_ms, .. } = payment.state else {
            return Err(Refusal::Move(MoveRefusal::WrongState { payment: id, status: payment.state.status() }).into());
        };
        let now_ms = self.now_ms_in(payment.asked.application_id, payment.asked.environment).await?;
        let command = if now_ms >= expires_at_ms {
            Command::ExpirePayment { payment: id }
        } else {
            Command::BookAnswer { payment: id, answer: sandbox_answer(&payment, confirms) }
        };
        self.lane().enter()?.begin(command).await??;
        Ok(())
    }
}

fn sandbox_answer(payment: &Payment, confirms: bool) -> ChannelAnswer {
    let fails = payment.asked.method == Method::Card(Card::ThreeDsFails);
    if confirms && !fails { ChannelAnswer::Approved } else { ChannelAnswer::Failed(FailureCode::AuthenticationFailed) }
}
