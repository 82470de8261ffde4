//! Copies the text that stands beside it.

use leptos::html::Button;
use leptos::prelude::*;

/// How long "Copied" stays before the button offers itself again.
const COPIED_SHOWN_MS: u64 = 2_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum CopyState {
    Asleep,
    Ready,
    Copied,
}

impl CopyState {
    const fn name(self) -> &'static str {
        match self {
            Self::Asleep => "asleep",
            Self::Ready => "ready",
            Self::Copied => "copied",
        }
    }
}

/// A button that copies the text of the `data-copy-source` element in the nearest `data-copy-scope`.
///
/// Its children are the two labels; the style sheet shows one of them by `data-state`.
#[island]
pub fn CopyButton(
    /// The labels, rendered by the server in the reader's language.
    children: Children,
) -> impl IntoView {
    let button: NodeRef<Button> = NodeRef::new();
    let state = RwSignal::new(CopyState::Asleep);
    Effect::new(move |_| state.set(CopyState::Ready));
    let copy = move |_| {
        if button.get().is_some_and(|button| copy_beside(&button)) {
            state.set(CopyState::Copied);
            set_timeout(move || state.set(CopyState::Ready), std::time::Duration::from_millis(COPIED_SHOWN_MS));
        }
    };
    view! {
        <button
            type="button"
            class="copy-button"
            data-state=move || state.get().name()
            node_ref=button
            on:click=copy
        >
            {children()}
        </button>
    }
}

/// Puts the text on the clipboard; where browsers offer none (plain HTTP), selects it instead.
fn copy_beside(button: &leptos::web_sys::HtmlButtonElement) -> bool {
    let Ok(Some(scope)) = button.closest("[data-copy-scope]") else { return false };
    let Ok(Some(source)) = scope.query_selector("[data-copy-source]") else { return false };
    let window = window();
    if window.is_secure_context() {
        let text = source.text_content().unwrap_or_default();
        // The promise fails only when the reader forbids it; then the text is still there to select.
        let _ = window.navigator().clipboard().write_text(text.trim_end());
        return true;
    }
    if let Ok(Some(selection)) = window.get_selection() {
        let _ = selection.select_all_children(&source);
    }
    false
}
