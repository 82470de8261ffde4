//! A question in front of the page, opened and closed without scripts.

use super::button::ButtonKind;
use crate::visit::texts;
use leptos::prelude::*;

/// Opens the dialog with the given id.
#[component]
pub(crate) fn DialogButton(
    target: &'static str,
    #[prop(optional)] kind: ButtonKind,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=dialog_button_class(kind) popovertarget=target>
            {children()}
        </button>
    }
    .into_any()
}

/// The dialog: what is asked, and a form or text that answers; its last row always offers a way out.
#[component]
pub(crate) fn Dialog(
    id: &'static str,
    #[prop(into)] title: String,
    /// What confirms, beside the cancel button.
    #[prop(into)]
    actions: ViewFn,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    view! {
        <div class="dialog" id=id popover="auto" role="dialog" aria-labelledby=title_id.clone()>
            <h2 class="dialog-title" id=title_id.clone()>{title}</h2>
            <div class="dialog-body">{children()}</div>
            <div class="dialog-actions">
                <button
                    type="button"
                    class="button"
                    popovertarget=id
                    popovertargetaction="hide"
                    autofocus=true
                >
                    {texts().components.cancel}
                </button>
                {actions.run()}
            </div>
        </div>
    }
    .into_any()
}

const fn dialog_button_class(kind: ButtonKind) -> &'static str {
    match kind {
        ButtonKind::Danger => "button button-danger",
        ButtonKind::Primary => "button button-primary",
        _ => "button",
    }
}
