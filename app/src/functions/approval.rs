//! What a team does about its live permissions.

use super::entry::{here, poster, services};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::{
        approval::fields::{self, input_name},
        console::permissions::{NOTICE, SUBMISSION_FORM, permissions_path},
    },
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::collections::BTreeMap;
use tallyport_contract::language::Language;
use tallyport_domain::{
    approval::{Answers, Field, FieldFault},
    ids::{AppId, DocumentId},
};
use tallyport_service::{Member, approval::ApprovalRefusal};
use tower_sessions::Session;

/// Saves the draft, submits it, or takes a document out of it: whatever the button says.
#[server(prefix = "/ui", endpoint = "save_submission")]
pub(crate) async fn save_submission(
    #[server(default)] application: String,
    #[server(default)] intent: String,
    #[server(default)] answers: BTreeMap<String, String>,
    #[server(default)] wanted: BTreeMap<String, String>,
) -> Result<(), ServerFnError> {
    let answers = fields::read(&answers, &wanted);
    answer(&application, async |member, id| {
        let services = services()?;
        let done = match intent.strip_prefix("remove:") {
            Some(document) => match services.save_draft(member, id, &answers).await {
                Ok(()) => remove(member, id, document).await.map(|()| "saved"),
                Err(refusal) => Err(refusal),
            },
            None if intent == "submit" => services.submit_for_approval(member, id, &answers).await.map(|_| "sent"),
            None => services.save_draft(member, id, &answers).await.map(|()| "saved"),
        };
        back(id, done).await
    })
    .await
}

async fn remove(member: &Member, id: AppId, document: &str) -> Result<(), ApprovalRefusal> {
    let Ok(document) = document.parse::<DocumentId>() else { return Err(ApprovalRefusal::Unknown) };
    let services = use_context::<tallyport_service::Services>().ok_or(ApprovalRefusal::Unknown)?;
    services.remove_document(member, id, document).await
}

/// Takes a submission back.
#[server(prefix = "/ui", endpoint = "withdraw_submission")]
pub(crate) async fn withdraw_submission(#[server(default)] application: String) -> Result<(), ServerFnError> {
    answer(&application, async |member, id| {
        let done = services()?.withdraw_submission(member, id).await;
        back(id, done.map(|()| "withdrawn")).await
    })
    .await
}

/// Answers whoever is signed in; an id that is none names nothing.
async fn answer(
    application: &str,
    act: impl AsyncFnOnce(&Member, AppId) -> Result<(), Fault>,
) -> Result<(), ServerFnError> {
    let Ok(id) = application.parse::<AppId>() else {
        set_status(StatusCode::NOT_FOUND);
        return Ok(());
    };
    let Some(member) = poster(&permissions_path(id)) else { return Ok(()) };
    if let Err(fault) = act(&member, id).await {
        fault.report();
    }
    Ok(())
}

/// Goes back to the page with how it ended.
async fn back(id: AppId, done: Result<&str, ApprovalRefusal>) -> Result<(), Fault> {
    let mut flash = FormFlash::new();
    match done {
        Ok(notice) => flash = flash.keep(NOTICE, notice),
        Err(ApprovalRefusal::Unknown) => return status(StatusCode::NOT_FOUND),
        Err(ApprovalRefusal::Role) => return status(StatusCode::FORBIDDEN),
        Err(ApprovalRefusal::Faults(faults)) => refuse(&mut flash, &faults),
        Err(ApprovalRefusal::Service(error)) => return Err(error.into()),
        Err(_) => flash = flash.keep(NOTICE, "not_now"),
    }
    flash.send_back(SUBMISSION_FORM, &here(&permissions_path(id))).await
}

fn refuse(flash: &mut FormFlash, faults: &[(Field, FieldFault)]) {
    for (field, fault) in faults {
        flash.refuse(input_name(*field), texts().approval.fault(*field, *fault));
    }
}

fn status(status: StatusCode) -> Result<(), Fault> {
    set_status(status);
    Ok(())
}

fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// The fields of the submission form as a multipart body brings them, one after the other.
#[derive(Debug, Default)]
pub struct SubmissionFields {
    answers: BTreeMap<String, String>,
    wanted: BTreeMap<String, String>,
}

impl SubmissionFields {
    /// The name of the field that holds a document.
    pub const DOCUMENT: &'static str = input_name(Field::Documents);

    /// Takes one field; names that are none of the form's are passed over.
    pub fn add(&mut self, name: &str, text: String) {
        let inner = |prefix: &str| name.strip_prefix(prefix)?.strip_prefix('[')?.strip_suffix(']');
        if let Some(name) = inner("answers") {
            self.answers.insert(name.to_owned(), text);
        } else if let Some(name) = inner("wanted") {
            self.wanted.insert(name.to_owned(), text);
        }
    }

    /// The answers that they come to.
    #[must_use]
    pub fn read(&self) -> Answers {
        fields::read(&self.answers, &self.wanted)
    }
}

/// How an upload ended, for the page that is shown next.
pub async fn keep_upload_answer(
    session: &Session,
    language: Language,
    done: &Result<(), ApprovalRefusal>,
) -> Result<(), tower_sessions::session::Error> {
    let texts = &crate::language::texts_in(language).approval;
    let mut flash = FormFlash::new();
    match done {
        Ok(()) => flash = flash.keep(NOTICE, "saved"),
        Err(ApprovalRefusal::Document(fault)) => {
            flash.refuse(SubmissionFields::DOCUMENT, texts.document_fault(*fault));
        }
        Err(ApprovalRefusal::Faults(faults)) => {
            for (field, fault) in faults {
                flash.refuse(input_name(*field), texts.fault(*field, *fault));
            }
        }
        Err(_) => flash = flash.keep(NOTICE, "not_now"),
    }
    flash.store(session, SUBMISSION_FORM).await
}

/// Where the form of an application stands, for whoever sends the browser back to it.
#[must_use]
pub fn submission_path(id: AppId) -> String {
    permissions_path(id)
}
