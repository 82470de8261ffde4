//! The documents of a submission.

use crate::{components::Moment, visit::texts};
use leptos::prelude::*;
use tallyport_domain::{approval::DocumentType, ids::DocumentId};
use tallyport_service::approval::DocumentRecord;

/// How much of a hash tells documents apart on a page.
const HASH_CHARS_SHOWN: usize = 16;

/// Where a document is downloaded.
pub(crate) fn document_path(id: DocumentId) -> String {
    format!("/documents/{id}")
}

/// The documents, each with what stands beside it: a button, a badge or nothing.
pub(crate) fn papers(documents: &[DocumentRecord], beside: impl Fn(&DocumentRecord) -> AnyView) -> AnyView {
    if documents.is_empty() {
        return view! { <p class="soft">{texts().approval.no_documents}</p> }.into_any();
    }
    let items = documents.iter().map(|document| item(document, beside(document))).collect_view();
    view! { <ul class="papers">{items}</ul> }.into_any()
}

fn item(document: &DocumentRecord, beside: AnyView) -> AnyView {
    let hash = document.sha256.iter().fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
    let short: String = hash.chars().take(HASH_CHARS_SHOWN).collect();
    let title = format!("{} {hash}", texts().approval.sha256);
    let facts = format!("{} · {}", kind(document.kind), size(document.size_bytes));
    let at_ms = document.created_at_ms;
    view! {
        <li class="papers-item">
            <div class="papers-text">
                <a class="papers-name" href=document_path(document.id)>{document.name.clone()}</a>
                <p class="papers-facts">
                    {facts} " · " <code title=title>{short}</code> " · " <Moment at_ms=at_ms />
                </p>
            </div>
            {beside}
        </li>
    }
    .into_any()
}

const fn kind(kind: DocumentType) -> &'static str {
    match kind {
        DocumentType::Pdf => "PDF",
        DocumentType::Png => "PNG",
        DocumentType::Jpeg => "JPEG",
    }
}

/// Bytes in the unit that leaves few digits.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_told_in_few_digits() {
        assert_eq!([size(0), size(999), size(1_001), size(5_242_880)], ["0 B", "999 B", "2 kB", "5.2 MB"]);
    }
}
