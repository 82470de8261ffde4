//! `POST /v1/refunds`

use axum::extract::State;
use axum::response::Response;
use tallyport_contract::movement::{CreateRefund, Refund};
use tallyport_contract::{ErrorCode, Problem, Text, strict};
use tallyport_domain::books::{MovementAsked, Refusal};
use tallyport_domain::json::Limits;
use tallyport_service::movements::MovementRequest;
use tallyport_service::payments::PaymentRefusal;

use super::authorized::Authorized;
use super::documented::{AMOUNT, CHANGING, MOVING, MovingProblems, codes};
use super::idempotency_key::Keyed;
use super::outcome_header::{HeaderOutcome, OutcomeHeader};
use super::signed::SignedJson;
use super::{ApiError, ApiState, answer, read};

/// Make a refund
///
/// Gives a payment's money back to its payer: all of it, or a part, as often as something is left. What
/// goes back is taken from your balance in the payment's currency.
#[utoipa::path(
    post,
    path = "/v1/refunds",
    operation_id = "createRefund",
    tag = "Refunds",
    params(OutcomeHeader, ("Idempotency-Key" = String, Header, description = "Your own name for this effect, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001-1", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body = CreateRefund,
    responses(
        (status = 201, description = "The refund. `status` says how far it is.", body = Refund, headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        MovingProblems,
        (status = 404, description = "There is no such object here.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["refunds:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, MOVING, AMOUNT, &[
        "not_found", "account_unknown", "currency_mismatch", "state_conflict", "amount_exceeds_remaining",
        "balance_insufficient", "account_limit_reached", "channel_unavailable", "channel_down",
    ]])))),
)]
pub(super) async fn create_refund(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    Keyed(key): Keyed,
    outcome: HeaderOutcome,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let wire: CreateRefund = strict::decode(&signed.body, Limits::REQUEST)?;
    let payment = wire.payment_id.parse().map_err(|_| no_such_payment())?;
    let to_holder = wire.to_holder.map(|holder| holder.parse()).transpose().map_err(|_| {
        let detail = Text::new("There is no such account holder.", "没有这个账户持有人。");
        ApiError::of_param(ErrorCode::AccountUnknown, "/to_holder", detail)
    })?;
    let request = MovementRequest {
        asked: MovementAsked::Refund { payment, to_holder },
        amount: read::money_if_any(wire.amount.as_deref(), wire.currency.as_deref())?,
        description: read::description(wire.description)?,
        metadata: read::metadata(wire.metadata)?,
        sandbox_outcome: outcome.behind(wire.sandbox_outcome.as_deref(), &caller)?,
        call: read::call(signed, key)?,
    };
    let made = api.services.make_movement(&caller, request).await.map_err(|refusal| match refusal {
        PaymentRefusal::Books(Refusal::NoSuchPayment { .. }) => no_such_payment(),
        refusal => refusal.into(),
    })?;
    Ok(answer::made(made, "/v1/refunds"))
}

fn no_such_payment() -> ApiError {
    let detail = Text::new("There is no such payment.", "没有这笔支付。");
    ApiError::of_param(ErrorCode::NotFound, "/payment_id", detail)
}
