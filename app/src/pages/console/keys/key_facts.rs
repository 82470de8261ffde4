//! What the pages about keys show of any key.

use crate::{
    components::{Badge, Moment, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{credential::Standing, network::AllowedNetworks};

/// Where a key stands, in a word.
pub(super) fn standing_badge(standing: Standing, is_replaced: bool) -> AnyView {
    let console = &texts().console;
    let (text, tone) = match standing {
        Standing::Usable { .. } if is_replaced => (texts().keys.replaced, Tone::Caution),
        Standing::Usable { .. } => (console.usable, Tone::Good),
        Standing::Expired { .. } => (console.expired, Tone::Caution),
        Standing::Revoked { .. } => (console.revoked, Tone::Bad),
    };
    view! { <Badge text=text tone=tone /> }.into_any()
}

/// A time, or words where there is none.
pub(super) fn moment_or(at_ms: Option<i64>, none: &'static str) -> AnyView {
    match at_ms {
        Some(at_ms) => view! { <Moment at_ms=at_ms /> }.into_any(),
        None => view! { <span class="soft">{none}</span> }.into_any(),
    }
}

/// The networks, one per line.
pub(super) fn networks(networks: &AllowedNetworks) -> AnyView {
    if networks.is_everywhere() {
        return view! { <span class="soft">{texts().applications.everywhere}</span> }.into_any();
    }
    view! { <span class="lines">{networks.to_string()}</span> }.into_any()
}
