//! Which account holder a browser belongs to, for the pages of holders.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tallyport_app::HolderVisit;
use tallyport_service::Services;

use crate::middleware::client_address::ClientAddress;
use crate::oauth::holder_cookie;

/// The layer that leaves a [`HolderVisit`] in the request's extensions. A fault of the database counts
/// as nobody.
pub(super) async fn attach(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let public_url = services.public_url();
    let address = request.extensions().get::<ClientAddress>().map(|client| client.0);
    let signed_in = match holder_cookie::read(request.headers(), public_url) {
        Some(session) => services.find_signed_in_holder(&session, address).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a holder's session cannot be read, treating the reader as signed out");
            None
        }),
        None => None,
    };
    let is_under_tls = public_url.starts_with("https://");
    let visit = HolderVisit { signed_in, cookie_name: holder_cookie::name(public_url), is_under_tls };
    request.extensions_mut().insert(visit);
    next.run(request).await
}
