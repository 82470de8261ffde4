//! Changing what is wanted of a channel's instance.

use super::{
    administration::{administrator, refused, status},
    entry::{here, services},
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::admin::{
        channels::{CHANGE_INSTANCE_FORM, DISABLED, ENABLED},
        paths,
    },
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use tallyport_domain::channel::{Drill, InstanceName, InstanceWeight};
use tallyport_service::admin::Authority;

/// Changes one instance.
#[server(prefix = "/ui", endpoint = "change_channel_instance")]
pub(crate) async fn change_channel_instance(
    #[server(default)] instance: String,
    #[server(default)] weight: String,
    #[server(default)] new_work: String,
    #[server(default)] drill: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::CHANNELS) else { return Ok(()) };
    if let Err(fault) = change(&by, &instance, &weight, &new_work, &drill).await {
        fault.report();
    }
    Ok(())
}

async fn change(by: &Authority, name: &str, weight: &str, new_work: &str, drill: &str) -> Result<(), Fault> {
    let Ok(name) = name.parse::<InstanceName>() else {
        status(StatusCode::NOT_FOUND);
        return Ok(());
    };
    let texts = &texts().admin_channels;
    let mut kept = FormFlash::new().keep("weight", weight).keep("new_work", new_work).keep("drill", drill);
    let weight = weight.trim().parse::<InstanceWeight>();
    if weight.is_err() {
        kept.refuse("weight", texts.weight_fault);
    }
    if ![ENABLED, DISABLED].contains(&new_work) {
        kept.refuse("new_work", texts.choice_fault);
    }
    let drill = if drill.is_empty() { Ok(None) } else { drill.parse::<Drill>().map(Some) };
    if drill.is_err() {
        kept.refuse("drill", texts.choice_fault);
    }
    let (Ok(weight), Ok(drill), true) = (weight, drill, kept.is_clean()) else {
        return kept.send_back(CHANGE_INSTANCE_FORM, &here(&paths::channel_instance(&name))).await;
    };
    match services()?.change_channel_instance(by, &name, weight, new_work == ENABLED, drill).await {
        Ok(()) => {
            AnswerParts::current().see_other(&here(paths::CHANNELS));
            Ok(())
        }
        Err(refusal) => refused(refusal),
    }
}
