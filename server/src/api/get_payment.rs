//! `GET /v1/payments/{id}`

use axum::Json;
use axum::extract::State;
use tallyport_contract::payment::Payment;
use tallyport_contract::{ErrorCode, Problem};
use tallyport_domain::ids::PaymentId;

use super::authorized::Authorized;
use super::documented::{READING, codes};
use super::path_id::PathId;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// Get a payment
///
/// Payments of other applications, and of the other environment, do not exist for the caller.
#[utoipa::path(
    get,
    path = "/v1/payments/{id}",
    operation_id = "getPayment",
    tag = "Payments",
    params(("id" = String, Path, description = "The payment's id.", example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb")),
    responses(
        (status = 200, description = "The payment.", body = Payment),
        (status = 400, description = "A parameter is not allowed.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token, or a signature that was sent, is not valid.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token lacks `payments:read`.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such payment here.", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No key is registered that the answer could be encrypted to.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls; come back after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke on our side.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["payments:read"])),
    extensions(("x-error-codes" = json!(codes(&[READING, &["not_found"]])))),
)]
pub(super) async fn get_payment(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    PathId(id): PathId<PaymentId>,
) -> Result<Json<Payment>, ApiError> {
    let payment = api.services.find_payment(&caller, id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Json(Payment::of(&payment, api.services.public_url())))
}
