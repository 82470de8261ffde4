//! A point in time.

use leptos::prelude::*;
use tallyport_contract::time::rfc3339;

/// A time in UTC; the `LocalTimes` island of the page turns it into the reader's zone.
#[component]
pub(crate) fn Moment(at_ms: i64) -> impl IntoView {
    let exact = rfc3339(at_ms);
    // "2026-01-02T03:04:05.678Z" reads as "2026-01-02 03:04:05 UTC".
    let readable =
        exact.get(..19).map_or_else(|| exact.clone(), |to_seconds| format!("{} UTC", to_seconds.replace('T', " ")));
    view! {
        <time class="moment" datetime=exact data-local="">
            {readable}
        </time>
    }
    .into_any()
}
