//! `POST /v1/payments/{id}/capture`

use axum::extract::State;
use axum::response::Response;
use tallyport_contract::payment::{CapturePayment, Payment};
use tallyport_contract::{Problem, strict};
use tallyport_domain::ids::PaymentId;
use tallyport_domain::json::Limits;

use super::authorized::Authorized;
use super::documented::{AMOUNT, CHANGING, MOVING, MovingProblems, codes};
use super::idempotency_key::Keyed;
use super::path_id::PathId;
use super::signed::SignedJson;
use super::{ApiError, ApiState, answer, read};

/// Capture a payment
///
/// Takes money that is held for a payment made with `"capture": "manual"`: all of it, or a part and
/// later another one, up to the amount that was authorized.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/capture",
    operation_id = "capturePayment",
    tag = "Payments",
    params(("id" = String, Path, description = "The payment's id.", example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"), ("Idempotency-Key" = String, Header, description = "Your own name for this effect, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001-1", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body = CapturePayment,
    responses(
        (status = 200, description = "The payment as it is now.", body = Payment, headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        MovingProblems,
        (status = 404, description = "There is no such object here.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["payments:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, MOVING, AMOUNT, &[
        "not_found", "currency_mismatch", "state_conflict", "amount_exceeds_remaining", "account_limit_reached",
        "channel_down",
    ]])))),
)]
pub(super) async fn capture_payment(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    PathId(id): PathId<PaymentId>,
    Keyed(key): Keyed,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let wire: CapturePayment = strict::decode(&signed.body, Limits::REQUEST)?;
    let amount = read::money_if_any(wire.amount.as_deref(), wire.currency.as_deref())?;
    let call = read::call(signed, key)?;
    Ok(answer::changed(api.services.capture_payment(&caller, id, amount, wire.is_final, call).await?))
}
