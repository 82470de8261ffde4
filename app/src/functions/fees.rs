//! Charging applications.

use super::{
    about::done,
    administration::{administrator, refused, status},
    entry::{here, services},
};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::admin::{fees::SET_FEE_FORM, paths},
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use tallyport_domain::{fee::FeeText, ids::AppId};
use tallyport_service::{admin::Authority, fees::FeeRefusal};

/// Charges an application so much in a currency, or nothing more.
#[server(prefix = "/ui", endpoint = "set_fee")]
pub(crate) async fn set_fee(
    #[server(default)] application: String,
    #[server(default)] currency: String,
    #[server(default)] percent: String,
    #[server(default)] fixed: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::APPLICATIONS) else { return Ok(()) };
    let Ok(id) = application.parse::<AppId>() else {
        status(StatusCode::NOT_FOUND);
        return Ok(());
    };
    let text = FeeText { currency: &currency, percent: &percent, fixed: &fixed };
    if let Err(fault) = set(&by, id, text).await {
        fault.report();
    }
    Ok(())
}

async fn set(by: &Authority, id: AppId, text: FeeText<'_>) -> Result<(), Fault> {
    let (own, page) = (&texts().fees, paths::application(id));
    match services()?.set_fee(by, id, text).await {
        Ok(()) => done(&page, own.done).await,
        Err(FeeRefusal::Faults(faults)) => {
            let mut kept = FormFlash::new();
            kept = kept.keep("currency", text.currency).keep("percent", text.percent).keep("fixed", text.fixed);
            for (field, message) in faults.into_iter().map(|fault| own.fault(fault)) {
                kept.refuse(field, message);
            }
            kept.send_back(SET_FEE_FORM, &here(&format!("{page}#fees"))).await
        }
        Err(FeeRefusal::Admin(refusal)) => refused(refusal),
    }
}
