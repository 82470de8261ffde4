//! The forms that change what an application says about itself and from where it may be used.

use super::{NETWORKS_FORM, PROFILE_FORM, REDIRECT_URIS_FORM, SIGNATURE_FORM};
use crate::{
    components::{Button, Card},
    forms::{Choice, Field, Form, FormFlash, TextArea},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::ApplicationRecord;

#[component]
pub(super) fn ProfileForm(application: ApplicationRecord, flash: FormFlash) -> impl IntoView {
    let own = &texts().applications;
    let console = &texts().console;
    view! {
        <Card title=own.profile>
            <Form name=PROFILE_FORM action="/ui/rename_application" flash=flash>
                <input type="hidden" name="application" value=application.id.to_string() />
                <Field name="name" label=console.name value=application.name autocomplete="off" />
                <TextArea
                    name="description"
                    label=console.description
                    hint=own.description_hint
                    value=application.description
                    optional=true
                />
                <div class="form-actions">
                    <Button>{own.save}</Button>
                </div>
            </Form>
        </Card>
    }
}

#[component]
pub(super) fn RedirectUrisForm(application: ApplicationRecord, flash: FormFlash) -> impl IntoView {
    let own = &texts().applications;
    view! {
        <Card title=own.redirect_uris>
            <Form name=REDIRECT_URIS_FORM action="/ui/set_redirect_uris" flash=flash>
                <input type="hidden" name="application" value=application.id.to_string() />
                <TextArea
                    name="redirect_uris"
                    label=own.redirect_uris
                    hint=own.redirect_uris_hint
                    value=application.redirect_uris.to_string()
                    optional=true
                />
                <div class="form-actions">
                    <Button>{own.save}</Button>
                </div>
            </Form>
        </Card>
    }
}

#[component]
pub(super) fn NetworksForm(application: ApplicationRecord, flash: FormFlash) -> impl IntoView {
    let own = &texts().applications;
    view! {
        <Card title=own.networks>
            <Form name=NETWORKS_FORM action="/ui/set_networks" flash=flash>
                <input type="hidden" name="application" value=application.id.to_string() />
                <TextArea
                    name="networks"
                    label=own.networks
                    hint=own.networks_hint
                    value=application.networks.to_string()
                    optional=true
                />
                <div class="form-actions">
                    <Button>{own.save}</Button>
                </div>
            </Form>
        </Card>
    }
}

#[component]
pub(super) fn SignatureForm(application: ApplicationRecord) -> impl IntoView {
    let own = &texts().applications;
    view! {
        <Card title=own.signature>
            <Form name=SIGNATURE_FORM action="/ui/set_sandbox_unsigned">
                <input type="hidden" name="application" value=application.id.to_string() />
                <Choice
                    name="unsigned"
                    value="yes"
                    label=own.unsigned
                    hint=own.unsigned_hint
                    checked=application.sandbox_unsigned
                />
                <div class="form-actions">
                    <Button>{own.save}</Button>
                </div>
            </Form>
        </Card>
    }
}
