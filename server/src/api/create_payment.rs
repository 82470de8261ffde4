//! `POST /v1/payments`

use axum::extract::State;
use axum::response::Response;
use tallyport_contract::payment::{CreatePayment, Payment};
use tallyport_contract::{ErrorCode, Problem, Text, strict};
use tallyport_domain::books::IdempotencyKey;
use tallyport_domain::json::Limits;
use tallyport_domain::oauth::Payee;
use tallyport_domain::payment::{CaptureMode, Method};
use tallyport_service::Caller;
use tallyport_service::payments::PaymentRequest;

use super::authorized::Authorized;
use super::documented::{AMOUNT, CHANGING, MOVING, codes};
use super::idempotency_key::Keyed;
use super::outcome_header::{HeaderOutcome, OutcomeHeader};
use super::signed::SignedJson;
use super::{ApiError, ApiState, answer, read};

/// Make a payment
///
/// Takes money from the payer for an order. The call is idempotent: the same key and body have one
/// effect and one answer, however often they are sent. An order is paid at most once; after a
/// payment failed, the order may be paid anew.
#[utoipa::path(
    post,
    path = "/v1/payments",
    operation_id = "createPayment",
    tag = "Payments",
    params(OutcomeHeader, ("Idempotency-Key" = String, Header, description = "Your own name for this payment, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body = CreatePayment,
    responses(
        (status = 201, description = "The payment. `status` says how it ended; a declined card is a payment with the status `failed`.", body = Payment,
            headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        (status = 400, description = "A field is missing or not allowed.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Token or signature are missing or not valid.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token lacks `payments:write`, or the account holder did not consent to this payment.", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No key is registered that the answer could be encrypted to.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The order is paid or being paid, the consent was used up, the wallet holds too little, or the first call with this key is under way.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is neither `application/json` nor `application/jose`.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The key came with another body before; `differs` names the fields.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls; come back after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke; the same key makes it safe to repeat the call.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not answered; `code` says whether anything was done. Try again after `Retry-After`, with the same idempotency key where there is one.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["payments:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, MOVING, AMOUNT, &[
        "method_unknown", "account_unknown", "consent_missing", "payment_not_consented", "order_in_progress",
        "order_already_paid", "consent_used", "balance_insufficient", "account_limit_reached", "channel_unavailable",
        "channel_down",
    ]])))),
)]
pub(super) async fn create_payment(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    Keyed(key): Keyed,
    outcome: HeaderOutcome,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let request = read(&caller, signed, key, outcome)?;
    let made = api.services.create_payment(&caller, request).await?;
    Ok(answer::made(made, "/v1/payments"))
}

fn read(
    caller: &Caller,
    signed: SignedJson,
    key: IdempotencyKey,
    outcome: HeaderOutcome,
) -> Result<PaymentRequest, ApiError> {
    let wire: CreatePayment = strict::decode(&signed.body, Limits::REQUEST)?;
    let amount = read::money(&wire.amount, &wire.currency)?;
    let order_id = wire.order_id.parse().map_err(|_| {
        let detail =
            Text::new("An order_id is 1 to 64 visible ASCII characters.", "order_id 须为 1 至 64 个可见 ASCII 字符。");
        ApiError::of_param(ErrorCode::ParameterInvalid, "/order_id", detail)
    })?;
    let return_url = wire.return_url.map(|text| text.parse()).transpose().map_err(|_| {
        let detail = Text::new(
            "A return_url is an https address, or http on localhost.",
            "return_url 须为 https 地址，或 localhost 上的 http 地址。",
        );
        ApiError::of_param(ErrorCode::ParameterInvalid, "/return_url", detail)
    })?;
    let capture = read::one_of(wire.capture.as_deref(), "/capture", "automatic, manual")?;
    Ok(PaymentRequest {
        order_id,
        amount,
        method: method(wire.method.as_deref(), wire.channel.as_deref())?,
        payee: payee(wire.payee.as_deref())?,
        scene: read::one_of(wire.scene.as_deref(), "/scene", "pc, mobile, app, qr, terminal")?,
        capture: capture.unwrap_or(CaptureMode::Automatic),
        description: read::description(wire.description)?,
        return_url,
        expires_at_ms: read::time(wire.expires_at.as_deref(), "/expires_at")?,
        metadata: read::metadata(wire.metadata)?,
        sandbox_outcome: outcome.behind(wire.sandbox_outcome.as_deref(), caller)?,
        call: read::call(signed, key)?,
    })
}

fn payee(text: Option<&str>) -> Result<Option<Payee>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let refused = || {
        let detail =
            Text::new("A payee is 1 to 64 visible ASCII characters.", "payee 须为 1 至 64 个可见 ASCII 字符。");
        ApiError::of_param(ErrorCode::ParameterInvalid, "/payee", detail)
    };
    Payee::parse(text).map(Some).ok_or_else(refused)
}

/// A test card stands in `method`; everything that is not a card may stand in `channel`.
fn method(method: Option<&str>, channel: Option<&str>) -> Result<Method, ApiError> {
    let unknown = |param: &str| {
        let detail = Text::new("There is no such method.", "没有这种支付方式。");
        ApiError::of_param(ErrorCode::MethodUnknown, param, detail)
    };
    match (method, channel) {
        (Some(method), None) => method.parse().map_err(|_| unknown("/method")),
        (None, Some(channel)) => match channel.parse() {
            Ok(Method::Card(_)) | Err(_) => Err(unknown("/channel")),
            Ok(method) => Ok(method),
        },
        (None, None) => {
            let detail = Text::new("Send `method` or `channel`.", "请发送 `method` 或 `channel`。");
            Err(ApiError::of_param(ErrorCode::ParameterMissing, "/method", detail))
        }
        (Some(_), Some(_)) => {
            let detail = Text::new("Send `method` or `channel`, not both.", "`method` 与 `channel` 只能发送一个。");
            Err(ApiError::of_param(ErrorCode::ParameterInvalid, "/channel", detail))
        }
    }
}
