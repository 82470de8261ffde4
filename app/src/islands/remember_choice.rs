//! Remembers which code language the reader chose, and applies it to every sample of the page.

use leptos::ev::change;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

const STORAGE_KEY: &str = "code-language";

/// Watches the radio buttons marked `data-remember`; renders nothing.
#[island]
pub fn RememberChoice() -> impl IntoView {
    Effect::new(move |_| {
        if let Some(chosen) = recall() {
            choose_everywhere(&chosen);
        }
        window_event_listener(change, |event| {
            let input: leptos::web_sys::EventTarget = event_target(&event);
            let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
            if input.has_attribute("data-remember") {
                remember(&input.value());
                choose_everywhere(&input.value());
            }
        })
    });
}

fn choose_everywhere(value: &str) {
    let Ok(choices) = document().query_selector_all("input[data-remember]") else { return };
    for index in 0..choices.length() {
        let Some(input) = choices.get(index) else { continue };
        let Ok(input) = input.dyn_into::<HtmlInputElement>() else { continue };
        if input.value() == value {
            input.set_checked(true);
        }
    }
}

fn recall() -> Option<String> {
    window().local_storage().ok()??.get_item(STORAGE_KEY).ok()?
}

/// Storage may be off; then the choice holds for this page only.
fn remember(value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(STORAGE_KEY, value);
    }
}
