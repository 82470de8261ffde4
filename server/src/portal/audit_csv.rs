//! The audit log as a file, for administrators.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, routing::get};
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use tallyport_app::Visit;
use tallyport_contract::time::{of_utc_minute, rfc3339};
use tallyport_service::Services;
use tallyport_service::admin::Administrator;
use tallyport_service::audit::{AuditEntry, AuditSearch};
use tokio::sync::mpsc;

use super::csv::{self, Piece};

/// Entries that are read at a time.
const READ_AT_A_TIME: u32 = 500;

const HEAD: &str = "sequence,time,actor_kind,actor,action,object,detail,network\r\n";

/// What narrows the file, as on the page.
#[derive(Deserialize, Default)]
struct Narrowed {
    #[serde(default)]
    actor: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// The route, below the session.
pub(super) fn router<S: Clone + Send + Sync + 'static>(services: &Services) -> Router<S> {
    Router::new().route("/admin/audit.csv", get(export)).with_state(services.clone())
}

async fn export(
    State(services): State<Services>,
    Extension(visit): Extension<Visit>,
    Query(narrowed): Query<Narrowed>,
) -> Response {
    let Some(member) = visit.signed_in else {
        return (StatusCode::SEE_OTHER, [(LOCATION, "/signin?return_to=%2Fadmin%2Faudit")]).into_response();
    };
    let Ok(administrator) = Administrator::of(member) else { return StatusCode::FORBIDDEN.into_response() };
    let search = AuditSearch {
        actor: printable(&narrowed.actor),
        action: printable(&narrowed.action),
        object: printable(&narrowed.object),
        from_ms: of_utc_minute(&narrowed.from),
        until_ms: of_utc_minute(&narrowed.until),
    };
    let (sender, file) = csv::file("attachment; filename=\"audit.csv\"");
    tokio::spawn(write(services, administrator, search, sender));
    file
}

/// Control characters stand in nothing that is searched for, and a database may refuse them.
fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

/// Ends when everything is written or nobody reads any more. A fault cuts the answer off, so that half
/// a log is not taken for a whole one.
async fn write(services: Services, by: Administrator, search: AuditSearch, to: mpsc::Sender<Piece>) {
    let mut before = None;
    let mut piece = format!("{}{HEAD}", csv::BYTE_ORDER_MARK);
    loop {
        let found = match services.search_audit_log(&by, &search, before, READ_AT_A_TIME).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "the audit log could not be written to a file: {error}");
                let _ = to.send(Err(std::io::Error::other("the audit log cannot be read"))).await;
                return;
            }
        };
        found.iter().for_each(|entry| line(&mut piece, entry));
        before = found.last().map(|last| last.sequence);
        let is_last = found.is_empty();
        if to.send(Ok(std::mem::take(&mut piece).into())).await.is_err() || is_last {
            return;
        }
    }
}

fn line(out: &mut String, entry: &AuditEntry) {
    let time = rfc3339(entry.created_at_ms);
    let sequence = entry.sequence.to_string();
    let cells = [
        sequence.as_str(),
        &time,
        entry.actor_kind.as_str(),
        &entry.actor,
        &entry.action,
        &entry.object,
        &entry.detail,
        &entry.network,
    ];
    csv::line(out, cells);
}
