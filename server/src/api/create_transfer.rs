//! `POST /v1/transfers`

use axum::extract::State;
use axum::response::Response;
use tallyport_contract::movement::{CreateTransfer, Transfer};
use tallyport_contract::{ErrorCode, Text, strict};
use tallyport_domain::books::{MovementAsked, TransferTo};
use tallyport_domain::json::Limits;
use tallyport_service::movements::MovementRequest;

use super::authorized::Authorized;
use super::documented::{AMOUNT, CHANGING, MOVING, MovingProblems, codes};
use super::idempotency_key::Keyed;
use super::signed::SignedJson;
use super::{ApiError, ApiState, answer, read};

/// Make a transfer
///
/// Moves money from your balance to another account of the same currency, at once.
#[utoipa::path(
    post,
    path = "/v1/transfers",
    operation_id = "createTransfer",
    tag = "Transfers",
    params(("Idempotency-Key" = String, Header, description = "Your own name for this effect, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001-1", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body = CreateTransfer,
    responses(
        (status = 201, description = "The transfer.", body = Transfer, headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        MovingProblems,
    ),
    security(("oauth" = ["transfers:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, MOVING, AMOUNT, &[
        "account_unknown", "balance_insufficient", "account_limit_reached",
    ]])))),
)]
pub(super) async fn create_transfer(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    Keyed(key): Keyed,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let wire: CreateTransfer = strict::decode(&signed.body, Limits::REQUEST)?;
    let request = MovementRequest {
        asked: MovementAsked::Transfer { to: destination(wire.to_account.as_deref(), wire.to_holder.as_deref())? },
        amount: Some(read::money(&wire.amount, &wire.currency)?),
        description: read::description(wire.description)?,
        metadata: read::metadata(wire.metadata)?,
        sandbox_outcome: None,
        call: read::call(signed, key)?,
    };
    Ok(answer::made(api.services.make_movement(&caller, request).await?, "/v1/transfers"))
}

fn destination(account: Option<&str>, holder: Option<&str>) -> Result<TransferTo, ApiError> {
    let unknown = |param: &str| {
        let detail = Text::new("There is no such account.", "没有这个账户。");
        ApiError::of_param(ErrorCode::AccountUnknown, param, detail)
    };
    match (account, holder) {
        (Some(id), None) => id.parse().map(TransferTo::Account).map_err(|_| unknown("/to_account")),
        (None, Some(id)) => id.parse().map(TransferTo::Wallet).map_err(|_| unknown("/to_holder")),
        (None, None) => Err(read::missing("/to_account")),
        (Some(_), Some(_)) => {
            let detail =
                Text::new("Send `to_account` or `to_holder`, not both.", "`to_account` 与 `to_holder` 只能发送一个。");
            Err(ApiError::of_param(ErrorCode::ParameterInvalid, "/to_holder", detail))
        }
    }
}
