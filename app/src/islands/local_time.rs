//! Shows the page's times in the reader's zone.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{HtmlElement, js_sys};

/// Rewrites every `time[data-local]` of the page; the UTC text moves to its `title`.
#[island]
pub fn LocalTimes() -> impl IntoView {
    Effect::new(move |_| {
        let Ok(times) = document().query_selector_all("time[data-local]") else { return };
        let language = document().document_element().and_then(|html| html.get_attribute("lang"));
        for index in 0..times.length() {
            let Some(time) = times.get(index) else { continue };
            let Ok(time) = time.dyn_into::<HtmlElement>() else { continue };
            localise(&time, language.as_deref().unwrap_or("en"));
        }
    });
}

fn localise(time: &HtmlElement, language: &str) {
    let Some(instant) = time.get_attribute("datetime") else { return };
    let utc = time.text_content().unwrap_or_default();
    let date = js_sys::Date::new(&JsValue::from_str(&instant));
    let local = date.to_locale_string(language, &JsValue::UNDEFINED);
    time.set_text_content(local.as_string().as_deref());
    // A title already there is the UTC text of an earlier run.
    if !time.has_attribute("title") {
        let _ = time.set_attribute("title", &utc);
    }
}
