//! What a payer does on a payment's page.

use super::{
    about::{go, set_status},
    entry::services,
};
use crate::{fault::Fault, forms::AnswerParts};
use http::StatusCode;
use leptos::prelude::*;
use tallyport_contract::payment::payer_path;
use tallyport_domain::{books::Refusal, ids::PaymentId};
use tallyport_service::{Services, payments::PaymentRefusal};

/// Confirms or refuses, and goes back to the partner; from a wallet to the wallet. Whoever comes second
/// sees what became of the payment.
#[server(prefix = "/ui", endpoint = "payer_acts")]
pub(crate) async fn payer_acts(
    #[server(default)] payment: String,
    #[server(default)] deed: String,
    #[server(default)] place: String,
) -> Result<(), ServerFnError> {
    let confirms = match deed.as_str() {
        "confirm" => true,
        "refuse" => false,
        _ => {
            set_status(StatusCode::BAD_REQUEST);
            return Ok(());
        }
    };
    let Ok(id) = payment.parse::<PaymentId>() else {
        set_status(StatusCode::NOT_FOUND);
        return Ok(());
    };
    if let Err(fault) = acted(id, confirms, place == "wallet").await {
        fault.report();
    }
    Ok(())
}

async fn acted(id: PaymentId, confirms: bool, in_wallet: bool) -> Result<(), Fault> {
    let services = services()?;
    let page = if in_wallet { Services::wallet_path(id) } else { payer_path(id) };
    match services.act_as_sandbox_payer(id, confirms).await {
        Ok(()) => {}
        Err(PaymentRefusal::Service(error)) => return Err(error.into()),
        Err(PaymentRefusal::Books(Refusal::NoSuchPayment { .. })) => {
            set_status(StatusCode::NOT_FOUND);
            return Ok(());
        }
        Err(_) => {
            go(&page);
            return Ok(());
        }
    }
    let found = services.find_payment_of_payer(id).await?;
    match found.and_then(|found| found.payment.asked.return_url).filter(|_| !in_wallet) {
        Some(url) => AnswerParts::current().leave_for(url.as_str()),
        None => go(&page),
    }
    Ok(())
}
