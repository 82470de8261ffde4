//! Hands the pages the OpenAPI document that this very server answers with.

use tallyport_app::ApiReference;

use crate::api;

/// The reference, read once when the server starts. A document that cannot be shown costs its pages,
/// not the server; a test keeps it showable.
pub(super) fn read() -> ApiReference {
    let reference = api::document()
        .to_json()
        .map_err(|error| error.to_string())
        .and_then(|text| ApiReference::read(&text).map_err(|error| error.to_string()));
    reference.unwrap_or_else(|error| {
        tracing::error!(error, "the API reference cannot be shown: {error}");
        ApiReference::default()
    })
}
