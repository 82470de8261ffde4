//! `GET /v1/transfers/{id}`

use axum::Json;
use axum::extract::State;
use tallyport_contract::ErrorCode;
use tallyport_contract::movement::{AnyMovement, Transfer};
use tallyport_domain::ids::{ObjectId, TransferId};

use super::authorized::Authorized;
use super::documented::{FindingProblems, READING, codes};
use super::path_id::PathId;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// Get a transfer
///
/// Objects of other applications, and of the other environment, do not exist for the caller.
#[utoipa::path(
    get,
    path = "/v1/transfers/{id}",
    operation_id = "getTransfer",
    tag = "Transfers",
    params(("id" = String, Path, description = "Its id.", example = "trf_01kaemzd2w5n8h9qv7c3r4t6yb")),
    responses(
        (status = 200, description = "The transfer.", body = Transfer),
        FindingProblems,
    ),
    security(("oauth" = ["accounts:read"])),
    extensions(("x-error-codes" = json!(codes(&[READING, &["not_found"]])))),
)]
pub(super) async fn get_transfer(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    PathId(id): PathId<TransferId>,
) -> Result<Json<AnyMovement>, ApiError> {
    let found = api.services.find_movement(&caller, ObjectId::Transfer(id)).await?;
    Ok(Json(AnyMovement::from(&found.ok_or(ErrorCode::NotFound)?)))
}
