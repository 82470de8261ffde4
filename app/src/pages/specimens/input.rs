//! Buttons, fields and dialogs.

use super::Specimen;
use crate::{
    components::{Button, ButtonKind, ButtonLink, Dialog, DialogButton, Pagination},
    forms::{Choice, Field, FieldKind, Form, FormFlash, Select, TextArea},
};
use leptos::prelude::*;

pub(super) fn specimens() -> Vec<Specimen> {
    vec![
        ("button", buttons().into_any()),
        ("field", fields().into_any()),
        ("field, refused", refused_fields().into_any()),
        ("dialog", dialog().into_any()),
        (
            "pagination",
            view! {
                <div class="stack-tight">
                    <Pagination newer=None older=Some("?cursor=b".to_owned()) />
                    <Pagination
                        newer=Some("?cursor=a".to_owned())
                        older=Some("?cursor=c".to_owned())
                        label="Second list"
                    />
                </div>
            }
            .into_any(),
        ),
    ]
}

fn buttons() -> impl IntoView {
    let kinds = ButtonKind::ALL.map(|kind| view! { <Button kind=kind>{format!("{kind:?}")}</Button> }).collect_view();
    view! {
        <div class="row">
            {kinds} <Button disabled=true>"Disabled"</Button> <ButtonLink href="#main">"Link"</ButtonLink>
        </div>
    }
}

fn fields() -> impl IntoView {
    let currencies =
        [("USD", "US dollar"), ("CNY", "人民币")].map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec();
    view! {
        <Form name="sample" action="/ui/preferences">
            <Field name="email" label="Email" kind=FieldKind::Email hint="We write only when needed." />
            <Field name="password" label="Password" kind=FieldKind::Password autocomplete="off" />
            <Field name="site" label="Site" kind=FieldKind::Url optional=true />
            <Field name="amount" label="Amount" kind=FieldKind::Money value="100.00" />
            <Field name="id" label="Application" value="Bookshop" disabled=true />
            <Select name="currency" label="Currency" options=currencies value="CNY" />
            <TextArea name="note" label="Note" optional=true />
            <Choice
                name="scopes"
                value="payments:write"
                label="payments:write"
                hint="Create, capture and cancel payments."
                checked=true
            />
            <Choice name="scopes" value="refunds:write" label="refunds:write" />
            <div class="form-actions">
                <Button kind=ButtonKind::Primary>"Save"</Button>
            </div>
        </Form>
    }
}

fn refused_fields() -> impl IntoView {
    let mut flash = FormFlash::new().keep("email", "lin@example").keep("amount", "12.345");
    flash.refuse("email", "Enter an address with a domain, such as lin@example.com.");
    flash.refuse("amount", "USD has two decimals.");
    view! {
        <Form name="refused" action="/ui/preferences" flash=flash>
            <Field name="email" label="Email" kind=FieldKind::Email hint="We write only when needed." />
            <Field name="amount" label="Amount" kind=FieldKind::Money />
        </Form>
    }
}

fn dialog() -> impl IntoView {
    let confirm = || view! { <Button kind=ButtonKind::Danger>"Revoke"</Button> };
    view! {
        <div class="row">
            <DialogButton target="revoke" kind=ButtonKind::Danger>
                "Revoke key"
            </DialogButton>
        </div>
        <Dialog id="revoke" title="Revoke this key?" actions=confirm>
            <p>"Calls that are signed with it are refused from the next second on."</p>
        </Dialog>
    }
}
