//! Closing an application, which asks for its name.

use super::CLOSE_FORM;
use crate::{
    components::{Button, ButtonKind, Card},
    forms::{Field, Form, FormFlash},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;

#[component]
pub(super) fn Closing(id: AppId, flash: FormFlash) -> impl IntoView {
    let own = &texts().applications;
    view! {
        <div id="close">
            <Card title=own.close>
                <div class="stack">
                    <p>{own.close_text}</p>
                    <Form name=CLOSE_FORM action="/ui/close_own_application" flash=flash>
                        <input type="hidden" name="application" value=id.to_string() />
                        <Field name="name" label=own.close_name autocomplete="off" />
                        <div class="form-actions">
                            <Button kind=ButtonKind::Danger>{own.close_submit}</Button>
                        </div>
                    </Form>
                </div>
            </Card>
        </div>
    }
}
