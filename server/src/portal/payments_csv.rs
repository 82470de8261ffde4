//! The payments that a list shows, as a file, for the members of the application's team.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, routing::get};
use http::StatusCode;
use http::header::LOCATION;
use tallyport_app::{PaymentSearch, Visit};
use tallyport_contract::payment::Payment as WirePayment;
use tallyport_domain::Environment;
use tallyport_domain::ids::AppId;
use tallyport_domain::payment::Payment;
use tallyport_service::payments::PaymentFilter;
use tallyport_service::{Member, Services};
use tokio::sync::mpsc;

use super::csv::{self, Piece};

/// Payments that are read at a time.
const READ_AT_A_TIME: u32 = 500;

const HEAD: [&str; 16] = [
    "id",
    "created_at",
    "updated_at",
    "environment",
    "order_id",
    "status",
    "failure_code",
    "method",
    "currency",
    "amount",
    "captured_amount",
    "refunded_amount",
    "capturable_amount",
    "fee_amount",
    "next_check_at",
    "description",
];

/// The route, below the session.
pub(super) fn router(services: &Services) -> Router {
    Router::new().route("/console/applications/{application}/payments.csv", get(export)).with_state(services.clone())
}

async fn export(
    State(services): State<Services>,
    Extension(visit): Extension<Visit>,
    Path(application): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let Ok(id) = application.parse::<AppId>() else { return StatusCode::NOT_FOUND.into_response() };
    let Some(member) = visit.signed_in else {
        let page = format!("/signin?return_to=%2Fconsole%2Fapplications%2F{id}%2Fpayments");
        return (StatusCode::SEE_OTHER, [(LOCATION, page)]).into_response();
    };
    match services.find_application(&member, id).await {
        Ok(Some(_)) => {}
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, application = %id, "the payments of {id} could not be written to a file: {error}");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    let search = PaymentSearch::read(|name| query.get(name).cloned());
    let (sender, file) = csv::file("attachment; filename=\"payments.csv\"");
    let wanted = Wanted { id, environment: search.environment(), filter: search.filter() };
    tokio::spawn(write(services, member, wanted, sender));
    file
}

struct Wanted {
    id: AppId,
    environment: Environment,
    filter: Option<PaymentFilter>,
}

/// Ends when everything is written or nobody reads any more.
async fn write(services: Services, member: Member, wanted: Wanted, to: mpsc::Sender<Piece>) {
    let mut before = None;
    let mut piece = String::from(csv::BYTE_ORDER_MARK);
    csv::line(&mut piece, HEAD);
    loop {
        let found = match &wanted.filter {
            Some(filter) => {
                let (id, environment) = (wanted.id, wanted.environment);
                services.list_member_payments(&member, id, environment, filter, before, READ_AT_A_TIME).await
            }
            None => Ok(Vec::new()),
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "payments could not be written to a file: {error}");
                let _ = to.send(Err(std::io::Error::other("the payments cannot be read"))).await;
                return;
            }
        };
        found.iter().for_each(|payment| line(&mut piece, payment, services.public_url()));
        before = found.last().map(|last| last.asked.id);
        let is_last = found.is_empty();
        if to.send(Ok(std::mem::take(&mut piece).into())).await.is_err() || is_last {
            return;
        }
    }
}

fn line(out: &mut String, payment: &Payment, public_url: &str) {
    let wire = WirePayment::of(payment, public_url);
    csv::line(
        out,
        [
            wire.id.as_str(),
            &wire.created_at,
            &wire.updated_at,
            &wire.environment,
            &wire.order_id,
            &wire.status,
            wire.failure_code.as_deref().unwrap_or_default(),
            &wire.method,
            &wire.currency,
            &wire.amount,
            &wire.captured_amount,
            &wire.refunded_amount,
            &wire.capturable_amount,
            &wire.fee_amount,
            wire.next_check_at.as_deref().unwrap_or_default(),
            wire.description.as_deref().unwrap_or_default(),
        ],
    );
}
