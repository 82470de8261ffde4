//! Hands the pages the OpenAPI document that this very server answers with.

use std::sync::LazyLock;

use tallyport_app::ApiReference;

use crate::api;

/// The reference, read once per program. A document that cannot be shown costs its pages, not the
/// server; a test keeps it showable.
pub(super) fn read() -> ApiReference {
    static REFERENCE: LazyLock<ApiReference> = LazyLock::new(|| {
        ApiReference::read(api::document_text()).unwrap_or_else(|error| {
            tracing::error!(%error, "the API reference cannot be shown: {error}");
            ApiReference::default()
        })
    });
    REFERENCE.clone()
}
