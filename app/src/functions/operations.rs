//! Turning operations of the open API off and on.

use super::{
    administration::{administrator, refused},
    entry::{here, services},
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::{
        admin::{
            operations::{SWITCH_OFF_FORM, switchable},
            paths,
        },
        reference::reference,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_contract::Language;
use tallyport_domain::switched_off::{REASON_LENGTH_MAX, Reason};
use tallyport_service::admin::{AdminRefusal, Authority};

/// Turns an operation off.
#[server(prefix = "/ui", endpoint = "switch_off_operation")]
pub(crate) async fn switch_off_operation(
    #[server(default)] operation: String,
    #[server(default)] reason_en: String,
    #[server(default)] reason_zh: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::OPERATIONS) else { return Ok(()) };
    if let Err(fault) = switch_off(&by, &operation, &reason_en, &reason_zh).await {
        fault.report();
    }
    Ok(())
}

async fn switch_off(by: &Authority, operation: &str, reason_en: &str, reason_zh: &str) -> Result<(), Fault> {
    let texts = &texts().admin_operations;
    let mut kept =
        FormFlash::new().keep("operation", operation).keep("reason_en", reason_en).keep("reason_zh", reason_zh);
    let is_known = switchable(&reference()).any(|known| known.id == operation);
    if !is_known {
        kept.refuse("operation", texts.operation_fault);
    }
    let reason = Reason::new(reason_en, reason_zh);
    for fault in reason.as_ref().err().into_iter().flatten() {
        let field = match fault.0 {
            Language::En => "reason_en",
            Language::Zh => "reason_zh",
        };
        kept.refuse(field, texts.reason_fault.replace("{max}", &REASON_LENGTH_MAX.to_string()));
    }
    match reason {
        Ok(reason) if is_known => answered(services()?.switch_off(by, operation, reason).await),
        _ => kept.send_back(SWITCH_OFF_FORM, &here(paths::OPERATIONS)).await,
    }
}

/// Turns an operation on again.
#[server(prefix = "/ui", endpoint = "switch_on_operation")]
pub(crate) async fn switch_on_operation(#[server(default)] operation: String) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::OPERATIONS) else { return Ok(()) };
    if let Err(fault) = switch_on(&by, &operation).await {
        fault.report();
    }
    Ok(())
}

async fn switch_on(by: &Authority, operation: &str) -> Result<(), Fault> {
    answered(services()?.switch_on(by, operation).await)
}

fn answered(result: Result<(), AdminRefusal>) -> Result<(), Fault> {
    match result {
        // One that somebody else has turned on is as on as it was to be.
        Ok(()) | Err(AdminRefusal::Unknown) => {
            AnswerParts::current().see_other(&here(paths::OPERATIONS));
            Ok(())
        }
        Err(refusal) => refused(refusal),
    }
}
