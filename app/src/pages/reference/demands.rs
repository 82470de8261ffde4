//! What a caller has to show before an operation does anything.

use super::inline_text::inline_text;
use crate::{reference::Demands, visit::texts};
use leptos::prelude::*;

#[component]
pub(super) fn DemandList(demands: Demands) -> impl IntoView {
    let texts = &texts().reference;
    let token = demands.scopes.map(|scopes| {
        let scopes =
            scopes.into_iter().map(|scope| view! { " " <code class="inline-code">{scope}</code> }).collect_view();
        view! { <li>{texts.demands_token} {scopes}</li> }
    });
    let signature = demands.signature.then(|| view! { <li>{texts.demands_signature}</li> });
    let client = demands.client.then(|| view! { <li>{inline_text(texts.demands_client)}</li> });
    view! {
        <h2 class="reference-title">{texts.demands}</h2>
        <ul class="reference-demands">{token} {signature} {client}</ul>
    }
}
