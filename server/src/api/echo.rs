//! `POST /v1/echo`

use axum::Json;
use axum::extract::{Request, State};
use http::request::Parts;
use serde_json::{Map, Value};
use tallyport_contract::echo::{Echo, EchoedSignature};
use tallyport_contract::time::rfc3339;
use tallyport_contract::{ErrorCode, Problem, strict};
use tallyport_domain::Environment;
use tallyport_domain::json::Limits;
use tallyport_domain::signature::{RequestView, SignatureRefusal, verify_plan};
use tallyport_service::Caller;
use tallyport_service::signatures::SignatureFault;

use super::authorized::{Authorized, call_from};
use super::{ApiError, ApiState, encrypted_body, signed};

/// Echo a call
///
/// Answers how a call was understood: who you are, the body as it was read, and whether your signature is
/// good – if it is not, why, and the text that had to be signed. Nothing is changed. Exists in the sandbox
/// only; signing is up to you.
#[utoipa::path(
    post,
    path = "/v1/echo",
    operation_id = "echo",
    tag = "Application",
    request_body(content = Object, description = "Any JSON object.", example = json!({"hello": "world"})),
    responses(
        (status = 200, description = "The call as it was understood.", body = Echo),
        (status = 400, description = "The body is not a JSON object that the API would read.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token is missing or not valid.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The call comes from a network that is not allowed.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such call in live.", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No key is registered that the answer could be encrypted to.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is neither `application/json` nor `application/jose`.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls; come back after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke on our side.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not answered; `code` says whether anything was done. Try again after `Retry-After`, with the same idempotency key where there is one.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = [])),
    extensions(("x-error-codes" = json!([
        "body_malformed", "parameter_invalid", "card_number_refused", "authentication_required", "token_invalid", "network_not_allowed",
        "not_found", "encryption_key_missing", "body_too_large", "media_type_unsupported", "encryption_invalid",
        "rate_limited", "operation_off", "internal", "unavailable", "timed_out",
    ]))),
)]
pub(super) async fn echo(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    request: Request,
) -> Result<Json<Echo>, ApiError> {
    if caller.environment != Environment::Sandbox {
        return Err(ErrorCode::NotFound.into());
    }
    let (parts, body) = request.into_parts();
    let kind = encrypted_body::kind_of_body(&parts)?;
    let body = signed::read(body).await?;
    let opened = encrypted_body::open(&api, kind, body.clone()).await?;
    let understood: Map<String, Value> = strict::decode(&opened, Limits::REQUEST)?;
    let signature =
        if signed::is_signed(&parts) { Some(of_signature(&api, &caller, &parts, &body).await?) } else { None };
    let key = parts.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    Ok(Json(Echo {
        object: "echo".to_owned(),
        environment: caller.environment.as_str().to_owned(),
        application_id: caller.application_id.to_string(),
        received_at: rfc3339(api.services.clock().now_ms()),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        idempotency_key: key.map(str::to_owned),
        body: understood.into(),
        signature,
    }))
}

/// The signature is looked at twice, as every call's is and once more for its parts: those of one that is
/// refused are what the caller came for.
async fn of_signature(
    api: &ApiState,
    caller: &Caller,
    parts: &Parts,
    body: &[u8],
) -> Result<EchoedSignature, ApiError> {
    let fields = signed::fields(parts);
    let view: RequestView<'_> = signed::view(parts, api, &fields, !body.is_empty())?;
    let plan = verify_plan(&view, api.services.clock().now_ms()).ok();
    let refusal = match api.services.verify_signature(caller, call_from(parts), &view, body).await {
        Ok(nonce) => {
            let is_fresh = api.services.use_nonce(nonce).await?;
            (!is_fresh).then_some(SignatureFault::Refused(SignatureRefusal::NonceReplayed))
        }
        Err(SignatureFault::Service(error)) => return Err(error.into()),
        Err(fault) => Some(fault),
    };
    Ok(EchoedSignature {
        verified: refusal.is_none(),
        cause: refusal.as_ref().map(|refusal| refusal.cause().to_owned()),
        explanation: refusal.as_ref().map(ToString::to_string),
        keyid: plan.as_ref().map(|plan| plan.keyid.clone()),
        alg: plan.as_ref().map(|plan| plan.alg.name().to_owned()),
        base: plan.map(|plan| String::from_utf8_lossy(&plan.base).into_owned()),
    })
}
