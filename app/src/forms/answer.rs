//! How a server function answers a posted form: by sending the browser to a page.

use crate::site_path::SitePath;
use http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

/// Where a session keeps the `dev_…` id of who is signed in: written at sign-in, read by the server.
pub const SESSION_DEVELOPER_ID: &str = "developer_id";
/// Where it keeps the stamp of the password that they had; with another one the session is over.
pub const SESSION_STAMP: &str = "stamp";
/// Where it keeps the device, in the form of `tallyport_domain::device::Device`.
pub const SESSION_DEVICE: &str = "device";
/// Where it keeps the address that it was last used from.
pub const SESSION_NETWORK: &str = "network";

/// What a server function may know about its request and say about its response.
pub(crate) struct AnswerParts {
    response: ResponseOptions,
}

impl AnswerParts {
    /// Leptos provides the response options around every server function.
    pub(crate) fn current() -> Self {
        Self { response: expect_context::<ResponseOptions>() }
    }

    /// Adds a header beside those already there, such as another cookie.
    pub(crate) fn add_header(&self, name: HeaderName, value: HeaderValue) {
        self.response.append_header(name, value);
    }

    /// 303, so that a reload repeats the page and not the post.
    pub(crate) fn see_other(&self, path: &SitePath) {
        // A site path is visible ASCII by construction, so it is always a header value.
        if let Ok(location) = HeaderValue::from_str(path.as_str()) {
            self.response.set_status(StatusCode::SEE_OTHER);
            self.response.insert_header(header::LOCATION, location);
        }
    }

    /// 303 to another origin: an address that a service made, never one that a form brought.
    pub(crate) fn leave_for(&self, url: &str) {
        if let Ok(location) = HeaderValue::from_str(url) {
            self.response.set_status(StatusCode::SEE_OTHER);
            self.response.insert_header(header::LOCATION, location);
        }
    }
}

/// The reader's session, where the server runs one for this request.
pub(crate) fn session() -> Option<Session> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Session>().cloned())
}
