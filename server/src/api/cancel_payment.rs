//! `POST /v1/payments/{id}/cancel`

use axum::extract::State;
use axum::response::Response;
use tallyport_contract::payment::{CancelPayment, Payment};
use tallyport_contract::{Problem, strict};
use tallyport_domain::ids::PaymentId;
use tallyport_domain::json::Limits;

use super::authorized::Authorized;
use super::documented::{CHANGING, MOVING, MovingProblems, codes};
use super::idempotency_key::Keyed;
use super::path_id::PathId;
use super::signed::SignedJson;
use super::{ApiError, ApiState, answer, read};

/// Cancel a payment
///
/// Calls a payment off before money was taken: while it waits for its payer, or while their money is
/// only held. The order may then be paid anew. Money that was taken goes back by a refund.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/cancel",
    operation_id = "cancelPayment",
    tag = "Payments",
    params(("id" = String, Path, description = "The payment's id.", example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"), ("Idempotency-Key" = String, Header, description = "Your own name for this effect, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001-1", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body(content = Object, description = "An empty object.", example = json!({})),
    responses(
        (status = 200, description = "The payment as it is now.", body = Payment, headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        MovingProblems,
        (status = 404, description = "There is no such object here.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["payments:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, MOVING, &[
        "not_found", "state_conflict", "channel_down",
    ]])))),
)]
pub(super) async fn cancel_payment(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    PathId(id): PathId<PaymentId>,
    Keyed(key): Keyed,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let CancelPayment {} = strict::decode(&signed.body, Limits::REQUEST)?;
    let call = read::call(signed, key)?;
    Ok(answer::changed(api.services.cancel_payment(&caller, id, call).await?))
}
