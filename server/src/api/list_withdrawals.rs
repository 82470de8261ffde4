//! `GET /v1/withdrawals`

use axum::Json;
use axum::extract::State;
use tallyport_contract::list::ListPage;
use tallyport_contract::movement::{AnyMovement, Withdrawal};
use tallyport_domain::ids::{ObjectId, WithdrawalId};
use tallyport_domain::movement::MovementName;
use tallyport_service::movements::MovementFilter;

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems};
use super::page::ListQuery;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState, movement_page};

/// List withdrawals
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/v1/withdrawals",
    operation_id = "listWithdrawals",
    tag = "Withdrawals",
    params(
        ("limit" = Option<u32>, Query, description = "How many objects the page may have, 1 to 100; 20 when left out.", example = 20, minimum = 1, maximum = 100), ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before.", example = "wdl_01kaemzd2w5n8h9qv7c3r4t6yb"),
        ("status" = Option<String>, Query, description = "Only those that stand so.", example = "succeeded"),
    ),
    responses(
        (status = 200, description = "A page of the list.", body = ListPage<Withdrawal>),
        ReadingProblems,
    ),
    security(("oauth" = ["accounts:read"])),
    extensions(("x-error-codes" = json!(READING))),
)]
pub(super) async fn list_withdrawals(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    query: ListQuery,
) -> Result<Json<ListPage<AnyMovement>>, ApiError> {
    let filter = MovementFilter { kind: MovementName::Withdrawal, status: query.value("status")?, payment: None };
    let before = query.value::<WithdrawalId>("cursor")?.map(ObjectId::Withdrawal);
    movement_page::read(&api, &caller, filter, before, query.limit()?).await
}
