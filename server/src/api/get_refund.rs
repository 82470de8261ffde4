//! `GET /v1/refunds/{id}`

use axum::Json;
use axum::extract::State;
use tallyport_contract::ErrorCode;
use tallyport_contract::movement::{AnyMovement, Refund};
use tallyport_domain::ids::{ObjectId, RefundId};

use super::authorized::Authorized;
use super::documented::{FindingProblems, READING, codes};
use super::path_id::PathId;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// Get a refund
///
/// Objects of other applications, and of the other environment, do not exist for the caller.
#[utoipa::path(
    get,
    path = "/v1/refunds/{id}",
    operation_id = "getRefund",
    tag = "Refunds",
    params(("id" = String, Path, description = "Its id.", example = "rfd_01kaemzd2w5n8h9qv7c3r4t6yb")),
    responses(
        (status = 200, description = "The refund.", body = Refund),
        FindingProblems,
    ),
    security(("oauth" = ["payments:read"])),
    extensions(("x-error-codes" = json!(codes(&[READING, &["not_found"]])))),
)]
pub(super) async fn get_refund(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    PathId(id): PathId<RefundId>,
) -> Result<Json<AnyMovement>, ApiError> {
    let found = api.services.find_movement(&caller, ObjectId::Refund(id)).await?;
    Ok(Json(AnyMovement::from(&found.ok_or(ErrorCode::NotFound)?)))
}
