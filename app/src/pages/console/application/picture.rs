//! The icon of an application, and the form that sets it.

use super::{ICON_FORM, application_path};
use crate::{
    components::{Button, ButtonKind, Card, Icon, IconName},
    forms::{FileField, Form, FormFlash},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;

/// The picture of an application, or the sign that all of them have without one.
#[component]
pub(in crate::pages::console) fn ApplicationIcon(
    id: AppId,
    #[prop(optional_no_strip)] revision: Option<String>,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    let class = if large { "application-icon application-icon-large" } else { "application-icon" };
    match revision {
        // The name stands beside it, so the picture says nothing of its own.
        Some(revision) => {
            let src = format!("{}/icon?revision={revision}", application_path(id));
            view! { <img class=class src=src alt="" width="40" height="40" /> }.into_any()
        }
        None => view! {
            <span class=class>
                <Icon name=IconName::Application />
            </span>
        }
        .into_any(),
    }
}

#[component]
pub(super) fn IconForm(
    id: AppId,
    #[prop(optional_no_strip)] revision: Option<String>,
    flash: FormFlash,
) -> impl IntoView {
    let own = &texts().applications;
    let remove = revision.is_some().then(|| {
        view! {
            <form method="post" action="/ui/remove_icon">
                <input type="hidden" name="application" value=id.to_string() />
                <Button kind=ButtonKind::Quiet>{own.icon_remove}</Button>
            </form>
        }
    });
    view! {
        <Card title=own.icon>
            <div class="stack">
                <Form
                    name=ICON_FORM
                    action=format!("/ui/icons/{id}")
                    flash=flash
                    enctype="multipart/form-data"
                >
                    <FileField
                        name="icon"
                        label=own.icon_file
                        hint=own.icon_hint
                        accept="image/png,image/jpeg"
                    />
                    <div class="form-actions">
                        <Button>{own.icon_upload}</Button>
                    </div>
                </Form>
                {remove}
            </div>
        </Card>
    }
}
