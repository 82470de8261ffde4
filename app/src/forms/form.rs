//! A form with its error summary.

use super::flash::FormFlash;
use crate::visit::texts;
use leptos::{context::Provider, prelude::*};

/// What fields need to know about the form they stand in.
#[derive(Clone, Debug, Default)]
pub(super) struct FormFrame {
    pub(super) name: &'static str,
    pub(super) flash: FormFlash,
}

impl FormFrame {
    /// The frame around the current field. A field that is made before its form, and only put into it, would lose what
    /// was entered and what was wrong with it.
    pub(super) fn current() -> Self {
        let frame = use_context::<Self>();
        debug_assert!(frame.is_some(), "a field is made outside of its form");
        frame.unwrap_or_default()
    }

    /// Ids are made of form and field, so that two forms of one page do not collide.
    pub(super) fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.name)
    }
}

/// Posts its fields to a server function; its children are the fields and the buttons.
#[component]
pub(crate) fn Form(
    name: &'static str,
    /// The address of the server function under `/ui`.
    #[prop(into)]
    action: String,
    #[prop(optional)] flash: FormFlash,
    /// How the fields travel; a form with a file says `multipart/form-data`.
    #[prop(optional)]
    enctype: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let frame = FormFrame { name, flash };
    let summary = (!frame.flash.is_clean()).then(|| error_summary(&frame));
    view! {
        <form class="form" method="post" id=name action=action enctype=enctype novalidate=true>
            {summary}
            <Provider value=frame>{children()}</Provider>
        </form>
    }
    .into_any()
}

/// Takes the focus when the page loads, so that a screen reader starts with what went wrong.
fn error_summary(frame: &FormFrame) -> impl IntoView + use<> {
    let errors = frame
        .flash
        .errors()
        .map(|(field, message)| {
            view! {
                <li>
                    <a class="form-summary-link" href=format!("#{}", frame.id(field))>
                        {message.to_owned()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="form-summary" role="alert" tabindex="-1" autofocus=true>
            <p class="form-summary-title">{texts().forms.summary_title}</p>
            <ul class="form-summary-list">{errors}</ul>
        </div>
    }
    .into_any()
}
