//! Shows how strong the password is that is being typed.

use leptos::ev::input;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use tallyport_domain::password::Strength;

/// Watches the field for a new password in the form it stands in. Its children are the bar and the
/// words; the style sheet shows what fits `data-strength`. Before that it shows nothing.
#[island]
pub fn PasswordStrength(
    /// The bar and the words, rendered by the server in the reader's language.
    children: Children,
) -> impl IntoView {
    let place: NodeRef<Div> = NodeRef::new();
    let strength = RwSignal::new(Strength::None);
    Effect::new(move |_| {
        let Some(field) = place.get().and_then(|place| field_beside(&place)) else { return };
        strength.set(Strength::of(&field.value()));
        window_event_listener(input, move |event| {
            let target: leptos::web_sys::EventTarget = event_target(&event);
            if target == leptos::web_sys::EventTarget::from(field.clone()) {
                strength.set(Strength::of(&field.value()));
            }
        });
    });
    view! {
        <div class="strength" data-strength=move || strength.get().name() role="status" node_ref=place>
            {children()}
        </div>
    }
}

fn field_beside(place: &leptos::web_sys::Element) -> Option<HtmlInputElement> {
    let form = place.closest("form").ok()??;
    form.query_selector("input[autocomplete=new-password]").ok()??.dyn_into().ok()
}
