//! Turns a bare failure into a page with its request id, for whoever reads pages.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use leptos_axum::render_app_async_with_context;
use tallyport_app::failure_document;

use super::{Pages, hydration, provide_contexts};

/// The layer. A failure that is already a page, or that a program asked for, passes unchanged.
pub(super) async fn as_page(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let wants_page = reads_html(request.headers());
    let again = copy_of(&request);
    let response = next.run(request).await;
    if !wants_page || !is_bare_failure(&response) {
        return response;
    }
    let status = response.status();
    let mut page = render(&pages, status, again).await;
    *page.status_mut() = status;
    for (name, value) in response.headers() {
        // Leptos answers a form that failed with the way back to it.
        if name != CONTENT_TYPE && name != LOCATION && !page.headers().contains_key(name) {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    page
}

async fn render(pages: &Pages, status: StatusCode, request: Request) -> Response {
    let context = {
        let pages = pages.clone();
        move || provide_contexts(&pages)
    };
    let files = pages.files.clone();
    let document = move || failure_document(&files, status.as_u16());
    render_app_async_with_context(context, document)(request).await
}

/// A request for the same page with the same extensions and no body.
fn copy_of(request: &Request) -> Request {
    let mut copy = Request::default();
    *copy.method_mut() = Method::GET;
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    copy
}

fn is_bare_failure(response: &Response) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    failed && !hydration::is_html(response.headers())
}

fn reads_html(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().filter_map(|accept| accept.to_str().ok()).any(|accept| accept.contains("text/html"))
}
