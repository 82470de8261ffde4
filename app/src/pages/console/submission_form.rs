//! The form in which a team asks for live permissions: one form for answers and documents, so that
//! adding a document loses nothing that was typed.

use super::permissions::SUBMISSION_FORM;
use crate::{
    components::{Button, ButtonKind, Card, Icon, IconName},
    forms::{Choice, Field, FieldKind, Form, FormFlash, Select, TextArea},
    pages::approval::{
        fields::{box_name, input_name, upload_path},
        papers::papers,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::{Field as Question, Permission, PermissionStatus, Volume};
use tallyport_service::approval::{DocumentRecord, TeamView};

/// Where the form posts to.
pub(crate) const SUBMISSION_ACTION: &str = "/ui/save_submission";

#[component]
pub(super) fn SubmissionForm(team: TeamView, flash: FormFlash) -> impl IntoView {
    let texts = texts();
    let (id, complete) = (team.application.id.to_string(), team.complete());
    let is_further = team.record.approval.rights().is_some();
    let title = if is_further { texts.permissions_page.further_title } else { texts.permissions_page.form_title };
    let document_error = flash.error(input_name(Question::Documents)).map(str::to_owned);
    let permissions_error = flash.error(input_name(Question::Permissions)).map(str::to_owned);
    let progress = format!("{complete} / {} {}", Question::ALL.len(), texts.permissions_page.progress);
    let answers = StoredValue::new(team);
    let fields = [
        Question::Purpose,
        Question::LegalName,
        Question::RegistrationNumber,
        Question::Country,
        Question::Website,
        Question::ContactName,
        Question::ContactEmail,
        Question::MonthlyVolume,
    ];
    view! {
        <Card title=title>
            <Form name=SUBMISSION_FORM action=SUBMISSION_ACTION flash=flash>
                // Enter in a line saves; the first button of a form is the one that it presses.
                <button
                    type="submit"
                    class="visually-hidden"
                    name="intent"
                    value="save"
                    tabindex="-1"
                    aria-hidden="true"
                >
                    {texts.permissions_page.save}
                </button>
                <input type="hidden" name="application" value=id.clone() />
                <div class="progress-row">
                    <progress
                        class="progress"
                        max=Question::ALL.len()
                        value=complete
                        aria-label=texts.permissions_page.progress
                    ></progress>
                    <span class="soft small">{progress}</span>
                </div>
                {answers.with_value(|team| permission_boxes(team, permissions_error.clone()))}
                {answers.with_value(|team| {
                    fields.iter().map(|field| question(team, *field)).collect_view()
                })}
                {answers.with_value(|team| documents(team, &id, document_error.clone()))}
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary name="intent" value="submit">
                        {texts.permissions_page.submit}
                    </Button>
                    <Button name="intent" value="save">{texts.permissions_page.save}</Button>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

/// What an administrator wants changed, above the field that it is about.
fn remark(team: &TeamView, field: Question) -> Option<AnyView> {
    let remark = team.remarks.get(&field)?.clone();
    Some(
        view! {
            <div class="remark">
                <span class="remark-mark"><Icon name=IconName::Alert /> {texts().approval.remark}</span>
                <p class="remark-text">{remark}</p>
            </div>
        }
        .into_any(),
    )
}

fn question(team: &TeamView, field: Question) -> AnyView {
    let (label, hint) = texts().approval.question(field);
    let (name, value) = (input_name(field), team.answers.get(field).to_owned());
    let input = match field {
        Question::Purpose => view! { <TextArea name=name label=label hint=hint value=value /> }.into_any(),
        Question::MonthlyVolume => {
            view! { <Select name=name label=label hint=hint value=value options=volumes() /> }.into_any()
        }
        Question::Website => {
            view! { <Field name=name label=label hint=hint value=value kind=FieldKind::Url autocomplete="url" /> }
                .into_any()
        }
        Question::ContactEmail => {
            view! { <Field name=name label=label hint=hint value=value kind=FieldKind::Email autocomplete="email" /> }
                .into_any()
        }
        _ => view! { <Field name=name label=label hint=hint value=value autocomplete="off" /> }.into_any(),
    };
    view! { <div class="stack-tight">{remark(team, field)} {input}</div> }.into_any()
}

fn volumes() -> Vec<(String, String)> {
    let texts = &texts().approval;
    let none = (String::new(), texts.choose.to_owned());
    let volumes = Volume::ALL.iter().map(|volume| (volume.as_str().to_owned(), texts.volume(*volume).to_owned()));
    std::iter::once(none).chain(volumes).collect()
}

fn permission_boxes(team: &TeamView, error: Option<String>) -> AnyView {
    let texts = texts();
    let (label, hint) = texts.approval.question(Question::Permissions);
    let wanted = team.answers.permissions();
    let boxes = Permission::ALL
        .iter()
        .map(|permission| {
            let (name, allows) = texts.approval.permission(*permission);
            let status = team.record.approval.permission(*permission);
            // What is there already is not asked for again.
            if matches!(status, PermissionStatus::Approved | PermissionStatus::Suspended) {
                let state = texts.approval.permission_status(status);
                return view! { <p class="choice-there"><strong>{name}</strong> " · " {state}</p> }.into_any();
            }
            let checked = wanted.contains(*permission);
            view! { <Choice name=box_name(*permission) value="on" label=name hint=allows checked=checked /> }.into_any()
        })
        .collect_view();
    let error = field_error(error);
    view! {
        <div class="stack-tight">
            {remark(team, Question::Permissions)}
            <fieldset class="field" id=format!("{SUBMISSION_FORM}-{}", input_name(Question::Permissions))>
                <legend class="field-label">{label}</legend>
                <span class="field-hint">{hint}</span>
                {boxes}
                {error}
            </fieldset>
        </div>
    }
    .into_any()
}

fn field_error(error: Option<String>) -> Option<AnyView> {
    let prefix = texts().forms.error_prefix;
    error.map(|message| {
        view! {
            <span class="field-error">
                <Icon name=IconName::Alert />
                <span><span class="visually-hidden">{prefix} " "</span> {message}</span>
            </span>
        }
        .into_any()
    })
}

fn documents(team: &TeamView, id: &str, error: Option<String>) -> AnyView {
    let texts = texts();
    let (label, hint) = texts.approval.question(Question::Documents);
    let remove = |document: &DocumentRecord| {
        let (value, label) = (format!("remove:{}", document.id), document.name.clone());
        view! {
            <button type="submit" class="button button-small" name="intent" value=value>
                {texts.permissions_page.remove}
                <span class="visually-hidden">" " {label}</span>
            </button>
        }
        .into_any()
    };
    let papers = papers(&team.documents, remove);
    let input = format!("{SUBMISSION_FORM}-{}", input_name(Question::Documents));
    view! {
        <div class="stack-tight">
            {remark(team, Question::Documents)}
            <fieldset class="field">
                <legend class="field-label">{label}</legend>
                <span class="field-hint">{hint}</span>
                {papers}
                <div class="upload">
                    <label class="visually-hidden" for=input.clone()>{texts.permissions_page.choose_file}</label>
                    <input
                        class="field-input upload-input"
                        type="file"
                        id=input
                        name=input_name(Question::Documents)
                        accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
                    />
                    <button
                        type="submit"
                        class="button"
                        formaction=upload_path(id)
                        formenctype="multipart/form-data"
                    >
                        {texts.permissions_page.upload}
                    </button>
                </div>
                {field_error(error)}
            </fieldset>
        </div>
    }
    .into_any()
}
