//! Making an application.

use super::entry::{here, poster, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::console::{
        application::application_path,
        fresh_secret,
        new_application::{NEW_APPLICATION_FORM, NEW_APPLICATION_PATH},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::{Member, applications::MakeApplicationRefusal};

/// Makes an application with sandbox credentials and goes to its page, which shows the secret once.
#[server(prefix = "/ui", endpoint = "make_application")]
pub(crate) async fn make_application(#[server(default)] name: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(NEW_APPLICATION_PATH) else { return Ok(()) };
    if let Err(fault) = answer(&member, &name).await {
        fault.report();
    }
    Ok(())
}

async fn answer(member: &Member, name: &str) -> Result<(), Fault> {
    match services()?.make_application(member, name).await {
        Ok(made) => {
            fresh_secret::allow_once(made.api_key).await?;
            AnswerParts::current().see_other(&here(&application_path(made.application.id)));
            Ok(())
        }
        Err(MakeApplicationRefusal::Name) => {
            let mut kept = FormFlash::new().keep("name", name);
            kept.refuse("name", texts().console.application_name_fault);
            kept.send_back(NEW_APPLICATION_FORM, &here(NEW_APPLICATION_PATH)).await
        }
        Err(MakeApplicationRefusal::NoTeam) => Err(Fault::Missing("the person is in no team")),
        Err(MakeApplicationRefusal::Service(error)) => Err(error.into()),
    }
}
