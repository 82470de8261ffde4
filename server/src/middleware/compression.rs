//! Compression of answers that are made anew each time. Files are compressed at build time.

use axum::body::HttpBody;
use http::header::{CONTENT_TYPE, HeaderMap};
use tower_http::CompressionLevel;
use tower_http::compression::{CompressionLayer, Predicate};

/// Below this a compressed answer is hardly smaller and takes as many packets.
const BYTES_MIN: u64 = 860;

/// A level that costs about as much as rendering the page did.
const LEVEL: CompressionLevel = CompressionLevel::Precise(4);

/// The layer for pages and documents. API answers are not compressed: their `Content-Digest` and
/// signature cover the bytes as they leave the handler.
#[must_use]
pub fn layer() -> CompressionLayer<IsText> {
    CompressionLayer::new().quality(LEVEL).compress_when(IsText)
}

/// Whether an answer is text of some size that nobody has signed or compressed.
#[derive(Clone, Copy, Debug)]
pub struct IsText;

impl Predicate for IsText {
    fn should_compress<B>(&self, response: &http::Response<B>) -> bool
    where
        B: HttpBody,
    {
        worth_it(response.headers(), response.body().size_hint().exact())
    }
}

fn worth_it(headers: &HeaderMap, bytes: Option<u64>) -> bool {
    if bytes.is_some_and(|bytes| bytes < BYTES_MIN) || headers.contains_key("content-digest") {
        return false;
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    match media_type {
        // Each event has to leave at once.
        "text/event-stream" => false,
        "application/json" | "application/javascript" | "application/xml" | "application/problem+json" => true,
        other => other.starts_with("text/"),
    }
}
