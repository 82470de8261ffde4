//! A page without an island loads no wasm at all.
//!
//! Whether a page has one is known only when it is rendered, after its head was written. So the
//! head always holds Leptos' scripts between two marks, and this layer takes them out again.

use std::borrow::Cow;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use tallyport_app::{HYDRATION_END, HYDRATION_START};

/// Larger than any page; a page that outgrows it is a defect and answers 500.
const PAGE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How an island begins in Leptos' HTML.
const ISLAND: &str = "<leptos-island";

/// Where the document ends; Leptos writes the data of its islands behind it.
const DOCUMENT_END: &str = "</html>";

/// Pages depend on the reader, so no shared cache may keep them.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The layer: buffers a page, takes out what it does not need and says how it may be cached.
pub(super) async fn trim(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !is_html(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, PAGE_BYTES_MAX).await else {
        tracing::error!(limit = PAGE_BYTES_MAX, "a page is larger than {PAGE_BYTES_MAX} bytes");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.entry(CACHE_CONTROL).or_insert(PRIVATE);
    parts.headers.append(VARY, HeaderValue::from_static("accept-language, cookie"));
    let body = match String::from_utf8_lossy(&page) {
        Cow::Borrowed(html) => Body::from(trimmed(html)),
        Cow::Owned(_) => Body::from(page),
    };
    Response::from_parts(parts, body)
}

/// The page without its marks and, when it has no island, without what stands between them and
/// behind its end.
fn trimmed(html: &str) -> String {
    let Some((before, rest)) = html.split_once(HYDRATION_START) else { return html.to_owned() };
    let Some((scripts, after)) = rest.split_once(HYDRATION_END) else { return html.to_owned() };
    if after.contains(ISLAND) {
        return [before, scripts, after].concat();
    }
    let document = after.find(DOCUMENT_END).and_then(|end| after.get(..end + DOCUMENT_END.len()));
    [before, document.unwrap_or(after)].concat()
}

/// Whether a response is a page.
pub(super) fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"))
}

#[cfg(test)]
mod tests {
    use super::{HYDRATION_END, HYDRATION_START, trimmed};

    fn page(body: &str) -> String {
        format!(
            "<head>{HYDRATION_START}<script>load()</script>{HYDRATION_END}<title>t</title></head>\
             <body>{body}</body></html><script>data()</script>"
        )
    }

    #[test]
    fn a_page_without_an_island_loses_every_script() {
        assert_eq!(trimmed(&page("text")), "<head><title>t</title></head><body>text</body></html>");
    }

    #[test]
    fn a_page_with_an_island_loses_the_marks_only() {
        assert_eq!(
            trimmed(&page("<leptos-island></leptos-island>")),
            "<head><script>load()</script><title>t</title></head>\
             <body><leptos-island></leptos-island></body></html><script>data()</script>"
        );
    }

    #[test]
    fn the_name_of_an_island_in_text_does_not_count() {
        assert!(!trimmed(&page("&lt;leptos-island&gt;")).contains("script"));
    }

    #[test]
    fn html_without_marks_stays_as_it_is() {
        assert_eq!(trimmed("<p>x</p></html><!-- y -->"), "<p>x</p></html><!-- y -->");
    }
}
