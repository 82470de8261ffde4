//! `GET /v1/refunds`

use axum::Json;
use axum::extract::State;
use tallyport_contract::list::ListPage;
use tallyport_contract::movement::{AnyMovement, Refund};
use tallyport_domain::ids::{ObjectId, RefundId};
use tallyport_domain::movement::MovementName;
use tallyport_service::movements::MovementFilter;

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems};
use super::page::ListQuery;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState, movement_page};

/// List refunds
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/v1/refunds",
    operation_id = "listRefunds",
    tag = "Refunds",
    params(
        ("limit" = Option<u32>, Query, description = "How many objects the page may have, 1 to 100; 20 when left out.", example = 20, minimum = 1, maximum = 100), ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before.", example = "rfd_01kaemzd2w5n8h9qv7c3r4t6yb"),
        ("status" = Option<String>, Query, description = "Only those that stand so.", example = "succeeded"),
        ("payment_id" = Option<String>, Query, description = "Only refunds of this payment.", example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"),
    ),
    responses(
        (status = 200, description = "A page of the list.", body = ListPage<Refund>),
        ReadingProblems,
    ),
    security(("oauth" = ["payments:read"])),
    extensions(("x-error-codes" = json!(READING))),
)]
pub(super) async fn list_refunds(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    query: ListQuery,
) -> Result<Json<ListPage<AnyMovement>>, ApiError> {
    let filter = MovementFilter {
        kind: MovementName::Refund,
        status: query.value("status")?,
        payment: query.value("payment_id")?,
    };
    let before = query.value::<RefundId>("cursor")?.map(ObjectId::Refund);
    movement_page::read(&api, &caller, filter, before, query.limit()?).await
}
