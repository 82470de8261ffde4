//! What forms that move money have in common: a key of their own, so that sending one twice has one
//! effect, and a question before they are sent.

use crate::{
    components::{Button, ButtonKind, Dialog, DialogButton},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::{Services, ports::random_bytes};

/// A name for the effect of the form that is being shown.
pub(super) fn fresh_key(services: &Services) -> String {
    let random: [u8; 16] = random_bytes(services.randomness());
    format!("console-{:032x}", u128::from_be_bytes(random))
}

/// The button of the form and the question in front of it.
///
/// Enter in a field clicks the first button of the form that submits, wherever it stands, and does
/// nothing when that one is disabled. So one that nobody can press stands before the one in the question.
#[component]
pub(super) fn ConfirmedSubmit(
    id: &'static str,
    /// What the button says, and what the question is about.
    action: &'static str,
    question: &'static str,
) -> impl IntoView {
    let confirm = move || view! { <Button kind=ButtonKind::Primary>{action}</Button> }.into_any();
    view! {
        <button type="submit" disabled=true hidden=true></button>
        <div class="form-actions">
            <DialogButton target=id kind=ButtonKind::Primary>
                {action}
            </DialogButton>
        </div>
        <Dialog id=id title=texts().money.really actions=confirm>
            <p>{question}</p>
        </Dialog>
    }
}
