//! Whether the process lives and whether it should be given work.
//!
//! `/healthz` says only that the process answers; a restart would help if it does not. `/readyz`
//! asks what the process depends on; a restart would not help, so traffic should go elsewhere.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use tallyport_service::Services;

use crate::shutdown::Drain;

/// A database that takes longer than this to say anything is as good as gone.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

const NO_STORE: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];

/// What the checks look at.
#[derive(Clone)]
pub struct Watched {
    /// Gives the database.
    pub services: Services,
    /// Says whether the server is ending.
    pub drain: Drain,
}

/// The routes of both checks.
pub fn router(watched: Watched) -> Router {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).with_state(watched)
}

async fn healthz() -> impl IntoResponse {
    (NO_STORE, Json(serde_json::json!({ "status": "ok" })))
}

async fn readyz(State(watched): State<Watched>) -> impl IntoResponse {
    let readiness = Readiness::of(&watched).await;
    let status = if readiness.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, NO_STORE, Json(readiness))
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    database: &'static str,
    migrations: &'static str,
    draining: bool,
}

impl Readiness {
    async fn of(watched: &Watched) -> Self {
        let checks = Checks {
            database: database(&watched.services).await,
            migrations: migrations(&watched.services).await,
            draining: watched.drain.has_begun(),
        };
        let ready = checks.database == "ok" && checks.migrations == "ok" && !checks.draining;
        Self { status: if ready { "ready" } else { "not_ready" }, checks }
    }

    fn is_ready(&self) -> bool {
        self.status == "ready"
    }
}

async fn database(services: &Services) -> &'static str {
    match tokio::time::timeout(CHECK_TIMEOUT, services.db().ping()).await {
        Ok(Ok(())) => "ok",
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the database says {error}");
            "unavailable"
        }
        Err(_) => "timed_out",
    }
}

/// A newer process may have migrated the database meanwhile; what this one needs is that nothing
/// it knows is missing.
async fn migrations(services: &Services) -> &'static str {
    match tokio::time::timeout(CHECK_TIMEOUT, tallyport_storage::migrate::status(services.db())).await {
        Ok(Ok(status)) if status.pending.is_empty() => "ok",
        Ok(Ok(_)) => "pending",
        Ok(Err(_)) => "unknown",
        Err(_) => "timed_out",
    }
}
