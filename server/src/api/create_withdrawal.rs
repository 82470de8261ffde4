//! `POST /v1/withdrawals`

use axum::extract::State;
use axum::response::Response;
use tallyport_contract::movement::{CreateChannelMovement, Withdrawal};
use tallyport_contract::strict;
use tallyport_domain::books::MovementAsked;
use tallyport_domain::json::Limits;
use tallyport_service::movements::MovementRequest;

use super::authorized::Authorized;
use super::documented::{AMOUNT, CHANGING, MOVING, MovingProblems, codes};
use super::idempotency_key::Keyed;
use super::outcome_header::{HeaderOutcome, OutcomeHeader};
use super::signed::SignedJson;
use super::{ApiError, ApiState, answer, read};

/// Make a withdrawal
///
/// Pays money from your balance out to your bank. It is put aside at once; when the bank does not take
/// it, it comes back.
#[utoipa::path(
    post,
    path = "/v1/withdrawals",
    operation_id = "createWithdrawal",
    tag = "Withdrawals",
    params(OutcomeHeader, ("Idempotency-Key" = String, Header, description = "Your own name for this effect, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001-1", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body = CreateChannelMovement,
    responses(
        (status = 201, description = "The withdrawal. `status` says how far it is.", body = Withdrawal, headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        MovingProblems,
    ),
    security(("oauth" = ["accounts:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, MOVING, AMOUNT, &[
        "method_unknown", "balance_insufficient", "account_limit_reached", "channel_unavailable", "channel_down",
    ]])))),
)]
pub(super) async fn create_withdrawal(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    Keyed(key): Keyed,
    outcome: HeaderOutcome,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let wire: CreateChannelMovement = strict::decode(&signed.body, Limits::REQUEST)?;
    let request = MovementRequest {
        asked: MovementAsked::Withdrawal { channel: read::channel(wire.channel.as_deref())? },
        amount: Some(read::money(&wire.amount, &wire.currency)?),
        description: read::description(wire.description)?,
        metadata: read::metadata(wire.metadata)?,
        sandbox_outcome: outcome.behind(wire.sandbox_outcome.as_deref(), &caller)?,
        call: read::call(signed, key)?,
    };
    Ok(answer::made(api.services.make_movement(&caller, request).await?, "/v1/withdrawals"))
}
