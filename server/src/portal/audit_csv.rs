//! The audit log as a file, for administrators: written while it is read, however long it is.
//!
//! Spreadsheets take a cell that begins like a formula for one, and names in the log are chosen by
//! strangers; such a cell gets an apostrophe in front, which spreadsheets do not show.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, routing::get};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, StatusCode};
use hyper::body::Frame;
use serde::Deserialize;
use tallyport_app::Visit;
use tallyport_contract::time::{of_utc_minute, rfc3339};
use tallyport_service::Services;
use tallyport_service::admin::Administrator;
use tallyport_service::audit::{AuditEntry, AuditSearch};
use tokio::sync::mpsc;

/// Entries that are read at a time.
const READ_AT_A_TIME: u32 = 500;
/// Pieces that wait for a slow reader; the next one is read when there is room.
const WAITING_MAX: usize = 2;

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
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    tokio::spawn(write(services, administrator, search, sender));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\"")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Body::new(Pieces(receiver))).into_response()
}

/// Control characters stand in nothing that is searched for, and a database may refuse them.
fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

type Piece = Result<Bytes, io::Error>;

/// Ends when everything is written or nobody reads any more. A fault cuts the answer off, so that half
/// a log is not taken for a whole one.
async fn write(services: Services, by: Administrator, search: AuditSearch, to: mpsc::Sender<Piece>) {
    let mut before = None;
    let mut piece = HEAD.to_owned();
    loop {
        let found = match services.search_audit_log(&by, &search, before, READ_AT_A_TIME).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "the audit log could not be written to a file: {error}");
                let _ = to.send(Err(io::Error::other("the audit log cannot be read"))).await;
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
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        cell(out, text);
    }
    out.push_str("\r\n");
}

/// A cell in quotes (RFC 4180), never a formula.
fn cell(out: &mut String, text: &str) {
    out.push('"');
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// The body of the answer: pieces as they are made.
struct Pieces(mpsc::Receiver<Piece>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    fn written(text: &str) -> String {
        let mut out = String::new();
        cell(&mut out, text);
        out
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"] {
            assert_eq!(written(text), format!("\"'{text}\""), "{text:?}");
        }
        assert_eq!(written("a=1"), "\"a=1\"");
    }

    #[test]
    fn quotes_and_commas_stay_in_their_cell() {
        assert_eq!(written("{\"a\":1,\"b\":2}"), "\"{\"\"a\"\":1,\"\"b\"\":2}\"");
        assert_eq!(written("a\r\nb"), "\"a\r\nb\"");
    }
}
