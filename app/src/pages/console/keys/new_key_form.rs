//! Making a credential: the first one by a button, others by a form.

use super::NEW_KEY_FORM;
use crate::{
    components::{Button, ButtonKind, Card, EmptyState, IconName},
    forms::{Field, Form, FormFlash, Select, TextArea},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, credential::Lifetime, ids::AppId};

/// The one step of an application without keys.
#[component]
pub(super) fn FirstKey(id: AppId, may_make: bool) -> impl IntoView {
    let own = &texts().keys;
    let text = if may_make { own.no_secrets_text } else { own.no_secrets_viewer };
    let button = may_make.then(|| view! { <ShowMyKeys id=id /> });
    view! {
        <EmptyState icon=IconName::Key title=own.no_secrets_title text=text>
            {button}
        </EmptyState>
    }
}

/// Makes the first sandbox credential and goes to where it is shown.
#[component]
pub(in crate::pages::console) fn ShowMyKeys(id: AppId) -> impl IntoView {
    view! {
        <form method="post" action="/ui/show_my_keys">
            <input type="hidden" name="application" value=id.to_string() />
            <Button kind=ButtonKind::Primary>{texts().keys.show_my_keys}</Button>
        </form>
    }
}

#[component]
pub(super) fn NewKeyForm(id: AppId, environment: Environment, flash: FormFlash) -> impl IntoView {
    let own = &texts().keys;
    view! {
        <Card title=own.new_secret>
            <div class="stack">
                <p class="soft">{own.new_secret_text}</p>
                <Form name=NEW_KEY_FORM action="/ui/make_credential" flash=flash>
                    <input type="hidden" name="application" value=id.to_string() />
                    <input type="hidden" name="environment" value=environment.as_str() />
                    <KeyFields />
                    <div class="form-actions">
                        <Button>{own.make}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}

/// What is asked about every new key.
#[component]
pub(super) fn KeyFields() -> impl IntoView {
    let own = &texts().keys;
    let lifetimes = Lifetime::ALL
        .iter()
        .map(|lifetime| (lifetime.as_str().to_owned(), own.lifetime_name(*lifetime).to_owned()))
        .collect::<Vec<_>>();
    view! {
        <Field name="name" label=texts().console.name hint=own.name_hint autocomplete="off" />
        <Select name="lifetime" label=own.lifetime options=lifetimes />
        <NetworksField value=String::new() />
    }
}

/// From where a key may be used.
#[component]
pub(super) fn NetworksField(value: String) -> impl IntoView {
    view! {
        <TextArea
            name="networks"
            label=texts().applications.networks
            hint=texts().keys.networks_hint
            value=value
            optional=true
        />
    }
}
