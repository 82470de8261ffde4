//! What pages and server functions do when a service could not be carried out: log it once, and
//! answer with a status that the server turns into the page with the request id.

use crate::visit::visit;
use http::StatusCode;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::fmt::Display;
use tallyport_service::ServiceError;
use tower_sessions::session;

/// Something that failed while a page or a form was answered.
#[derive(Debug)]
pub(crate) enum Fault {
    Service(ServiceError),
    Session(session::Error),
    /// The server forgot to provide what every request has.
    Missing(&'static str),
}

impl From<ServiceError> for Fault {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<session::Error> for Fault {
    fn from(error: session::Error) -> Self {
        Self::Session(error)
    }
}

impl Fault {
    /// Logs the fault and sets the status of the response. Returns it for pages to show.
    pub(crate) fn report(&self) -> StatusCode {
        let (is_temporary, error): (bool, &dyn Display) = match self {
            Self::Service(error) => (error.is_temporary(), error),
            // A session fails only when the database does.
            Self::Session(error) => (true, error),
            Self::Missing(what) => (false, what),
        };
        let status = if is_temporary { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        let request_id = visit().request_id;
        tracing::error!(request_id, "the portal could not answer {request_id}: {error}");
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status);
        }
        status
    }
}
