//! `POST /v1/payments`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use tallyport_contract::payment::{CreatePayment, Payment};
use tallyport_contract::{ErrorCode, Problem, Text, strict};
use tallyport_domain::books::IdempotencyKey;
use tallyport_domain::json::Limits;
use tallyport_domain::money::AmountRefusal;
use tallyport_domain::{Currency, Money};
use tallyport_service::payments::{PaymentAnswer, PaymentRequest};

use super::authorized::Authorized;
use super::idempotency_key::Keyed;
use super::signed::SignedJson;
use super::{ApiError, ApiState};

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

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
    params(("Idempotency-Key" = String, Header, description = "Your own name for this payment, 1 to 255 visible ASCII characters. Send the same key when you repeat the call.", example = "order-A-1001", min_length = 1, max_length = 255)),
    request_body = CreatePayment,
    responses(
        (status = 201, description = "The payment. `status` says how it ended; a declined card is a payment with the status `failed`.", body = Payment,
            headers(("Idempotent-Replayed" = Option<String>, description = "`true` when this is the answer to an earlier call with the same key."))),
        (status = 400, description = "A field is missing or not allowed.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Token or signature are missing or not valid.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token lacks `payments:write`.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The order is paid or being paid, or the first call with this key is under way.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not `application/json`.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The key came with another body before; `differs` names the fields.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls; come back after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke; the same key makes it safe to repeat the call.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was done; try again after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["payments:write"], "signature" = [])),
    extensions(("x-error-codes" = json!([
        "body_malformed", "parameter_unknown", "parameter_missing", "parameter_invalid", "amount_invalid",
        "currency_unknown", "method_unknown", "idempotency_key_missing", "idempotency_key_invalid",
        "authentication_required", "token_invalid", "signature_missing", "signature_invalid", "scope_missing", "network_not_allowed",
        "idempotency_in_progress", "order_in_progress", "order_already_paid", "body_too_large",
        "media_type_unsupported", "idempotency_key_reused", "rate_limited", "internal", "overloaded", "unavailable", "timed_out",
    ]))),
)]
pub(super) async fn create_payment(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    Keyed(key): Keyed,
    signed: SignedJson,
) -> Result<Response, ApiError> {
    let request = read(signed, key)?;
    let answer = api.services.create_payment(&caller, request).await?;
    Ok(respond(answer))
}

fn read(signed: SignedJson, key: IdempotencyKey) -> Result<PaymentRequest, ApiError> {
    let wire: CreatePayment = strict::decode(&signed.body, Limits::REQUEST)?;
    let currency: Currency = wire.currency.parse().map_err(|_| {
        let detail = Text::new("The currency is not an ISO 4217 code.", "币种不是有效的 ISO 4217 代码。");
        ApiError::of_param(ErrorCode::CurrencyUnknown, "/currency", detail)
    })?;
    let amount = Money::parse(&wire.amount, currency)
        .map_err(|refusal| ApiError::of_param(ErrorCode::AmountInvalid, "/amount", amount_detail(refusal)))?;
    let order_id = wire.order_id.parse().map_err(|_| {
        let detail =
            Text::new("An order_id is 1 to 64 visible ASCII characters.", "order_id 须为 1 至 64 个可见 ASCII 字符。");
        ApiError::of_param(ErrorCode::ParameterInvalid, "/order_id", detail)
    })?;
    let method = wire.method.parse().map_err(|_| {
        let detail = Text::new("There is no such method.", "没有这种支付方式。");
        ApiError::of_param(ErrorCode::MethodUnknown, "/method", detail)
    })?;
    let description = wire.description.map(|text| text.parse()).transpose().map_err(|_| {
        let detail = Text::new(
            "A description is 1 to 500 characters without control characters.",
            "description 须为 1 至 500 个字符,且不含控制字符。",
        );
        ApiError::of_param(ErrorCode::ParameterInvalid, "/description", detail)
    })?;
    let body = String::from_utf8(signed.body.into()).map_err(|_| ErrorCode::BodyMalformed)?;
    Ok(PaymentRequest { order_id, amount, method, description, key, body, nonce: Some(signed.nonce) })
}

fn amount_detail(refusal: AmountRefusal) -> Text {
    match refusal {
        AmountRefusal::Malformed => Text::new(
            "An amount is a text of plain digits with a point before the decimals.",
            "金额须为纯数字字符串,小数点后为小数位。",
        ),
        AmountRefusal::WrongDecimals { currency, decimals } => Text::made(
            format!("Amounts in {currency} have {decimals} decimals."),
            format!("{currency} 的金额须有 {decimals} 位小数。"),
        ),
        AmountRefusal::TooLarge => Text::new("The amount is too large.", "金额过大。"),
        AmountRefusal::Zero => Text::new("The amount has to be above zero.", "金额必须大于零。"),
    }
}

fn respond(PaymentAnswer { answer, is_replayed }: PaymentAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let location = payment_location(&answer.body);
    let mut response = (status, [(CONTENT_TYPE, "application/json")], answer.body).into_response();
    if let Some(location) = location {
        response.headers_mut().insert(LOCATION, location);
    }
    if is_replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// Where the payment can be read: its id is the first member of the stored answer.
fn payment_location(body: &str) -> Option<HeaderValue> {
    let id = body.strip_prefix("{\"id\":\"")?.split('"').next()?;
    HeaderValue::try_from(format!("/v1/payments/{id}")).ok()
}
