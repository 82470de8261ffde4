//! The portal's wasm entry: hydrates the islands and nothing else.

// Islands register themselves by being linked; nothing calls them by name.
use tallyport_app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by Leptos' script once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
