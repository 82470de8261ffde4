//! An id that a reader may want elsewhere.

use super::code_block::CopyTextButton;
use leptos::prelude::*;

/// An id in full, with a button that copies it.
#[component]
pub(crate) fn CopyableId(#[prop(into)] id: String) -> impl IntoView {
    view! {
        <span class="copyable" data-copy-scope="">
            <code class="copyable-value" data-copy-source="">{id}</code>
            <CopyTextButton compact=true />
        </span>
    }
    .into_any()
}
