//! The Content-Security-Policy of pages: scripts run only with the nonce of their own response.
//!
//! The layer makes a nonce and leaves it in the request's extensions as [`CspNonce`]; the portal
//! hands it to Leptos (`leptos::nonce::Nonce::from_value`) as context before rendering, so that
//! every script it writes carries it. The layer then sets the header on HTML answers.

use std::sync::{Arc, LazyLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use tallyport_service::Services;

/// 128 bits, as CSP Level 3 asks for at least.
const NONCE_BYTES: usize = 16;

/// `cargo xtask dev` tells open pages over a websocket, on a port of its own, to reload. Leptos looks
/// at the same variable before it writes the script that listens.
static RELOADER: LazyLock<&str> = LazyLock::new(|| {
    let watched = cfg!(debug_assertions) && std::env::var_os("LEPTOS_WATCH").is_some();
    if watched { " ws://localhost:* ws://127.0.0.1:*" } else { "" }
});

/// A page whose form ends at another origin, as consent does at the application, names that origin in
/// this header; it never leaves the server. Browsers hold redirects after a form to `form-action` too.
const FORM_LEADS_TO: &str = tallyport_contract::FORM_LEADS_TO;

/// The nonce of one response, in base64url.
#[derive(Clone, Debug)]
pub struct CspNonce(pub Arc<str>);

/// The layer for routes that answer with pages.
pub async fn around(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let mut random = [0; NONCE_BYTES];
    services.randomness().fill(&mut random);
    let nonce: Arc<str> = URL_SAFE_NO_PAD.encode(random).into();
    request.extensions_mut().insert(CspNonce(Arc::clone(&nonce)));
    let mut response = next.run(request).await;
    let leads_to = response.headers_mut().remove(FORM_LEADS_TO);
    if is_html(&response) {
        let leads_to = leads_to.as_ref().and_then(|origin| origin.to_str().ok()).unwrap_or_default();
        response.headers_mut().entry(CONTENT_SECURITY_POLICY).or_insert_with(|| csp_header(&nonce, leads_to));
    }
    response
}

/// The policy of a page with this nonce, whose forms end here or at one more origin. Styles may stand in attributes, which Leptos writes;
/// scripts may not.
///
/// # Panics
/// Never for a nonce made here; a nonce must not hold control characters.
#[must_use]
pub fn csp_header(nonce: &str, leads_to: &str) -> HeaderValue {
    // Nothing that could begin another directive or source.
    let is_origin = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:/[]+".contains(&byte));
    let leads_to = if leads_to.is_empty() || !is_origin(leads_to) { String::new() } else { format!(" {leads_to}") };
    let policy = format!(
        "default-src 'self'; \
         script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'{}; \
         object-src 'none'; base-uri 'none'; form-action 'self'{leads_to}; frame-ancestors 'none'",
        *RELOADER
    );
    HeaderValue::try_from(policy).expect("a base64 nonce makes a valid header")
}

fn is_html(response: &Response) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media_type.is_some_and(|media_type| media_type.starts_with("text/html"))
}
