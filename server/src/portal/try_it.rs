//! Makes sandbox calls for readers, through the very handlers that partners reach over the network.
//!
//! Token, signature, nonce, idempotency: the call takes every check. What is shown of it holds no
//! secret, and the access token only by its first letters.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use tallyport_app::{SandboxAnswer, SandboxCall, SandboxCaller, SandboxOrder, SandboxRefusal, SandboxRequest};
use tallyport_domain::ids::RequestId;
use tallyport_service::ports::random_bytes;
use tallyport_service::try_it::{CallProof, SignCallRefusal, UnsignedCall};
use tallyport_service::{CallFrom, Services};
use tower::ServiceExt as _;

use crate::api;
use crate::settings::public_url::PublicUrl;

const METHOD: &str = "POST";
const PATH: &str = "/v1/payments";
/// Answers of this call are far shorter; a longer one is shown empty.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// How much of a token is shown: as much as every token of ours has in common.
const TOKEN_CHARS_SHOWN: usize = 3;

/// The way from the portal to the API. None when partners could not reach the API either, because
/// its address is no origin.
pub(super) fn caller(services: &Services) -> Option<SandboxCaller> {
    let public_url: Arc<PublicUrl> = Arc::new(services.public_url().parse().ok()?);
    let api = api::router(services, &public_url);
    let services = services.clone();
    Some(SandboxCaller::new(move |order| make(services.clone(), api.clone(), order)))
}

async fn make(services: Services, api: Router, order: SandboxOrder) -> Result<SandboxCall, SandboxRefusal> {
    let (scheme, authority) = services.public_url().split_once("://").unwrap_or(("http", services.public_url()));
    let mut fields =
        vec![("Host", authority), ("Content-Type", "application/json"), ("Accept-Language", order.language.tag())];
    fields.extend(order.idempotency_key.as_deref().map(|key| ("Idempotency-Key", key)));
    let call =
        UnsignedCall { method: METHOD, scheme, authority, path: PATH, fields: &fields, body: order.body.as_bytes() };
    let proof = services.sign_as_application(&order.member, order.application_id, &call).await.map_err(refused)?;

    let mut headers: Vec<(&str, &str)> = fields.clone();
    headers.extend([
        ("Content-Digest", proof.content_digest.as_str()),
        ("Signature-Input", proof.signature_input.as_str()),
        ("Signature", proof.signature.as_str()),
    ]);
    let id = RequestId::from_parts(services.clock().now_ms(), random_bytes(services.randomness()));
    let request = request(&headers, &proof, &order.body, id).ok_or(SandboxRefusal::UnfitKey)?;
    let answer = answer(api, request, id).await;

    let shown: String = proof.access_token.chars().take(TOKEN_CHARS_SHOWN).collect();
    let token = format!("Bearer {shown}…");
    headers.insert(1, ("Authorization", &token));
    Ok(SandboxCall {
        application_id: order.application_id.to_string(),
        request: SandboxRequest {
            method: METHOD.to_owned(),
            path: PATH.to_owned(),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: order.body.clone(),
        },
        signature_base: proof.signature_base,
        answer,
    })
}

/// None when a value cannot stand in a header.
fn request(headers: &[(&str, &str)], proof: &CallProof, body: &str, id: RequestId) -> Option<Request<Body>> {
    let mut request = Request::new(Body::from(body.to_owned()));
    *request.method_mut() = METHOD.parse().ok()?;
    *request.uri_mut() = PATH.parse().ok()?;
    for (name, value) in headers {
        request.headers_mut().insert(name.parse::<HeaderName>().ok()?, value.parse().ok()?);
    }
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", *proof.access_token)).ok()?;
    bearer.set_sensitive(true);
    request.headers_mut().insert(http::header::AUTHORIZATION, bearer);
    // The layer that names requests stands outside of the API's own router.
    request.extensions_mut().insert(id);
    request.extensions_mut().insert(CallFrom::Portal);
    Some(request)
}

async fn answer(api: Router, request: Request<Body>, id: RequestId) -> SandboxAnswer {
    let Ok(response) = api.oneshot(request).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap_or_default();
    let mut headers = texts(&parts.headers);
    headers.push(("request-id".to_owned(), id.to_string()));
    SandboxAnswer {
        status: parts.status.to_string(),
        is_success: parts.status.is_success(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}

fn refused(refusal: SignCallRefusal) -> SandboxRefusal {
    match refusal {
        SignCallRefusal::NoSuchApplication => SandboxRefusal::NoSuchApplication,
        SignCallRefusal::NoCredential => SandboxRefusal::NoCredential,
        SignCallRefusal::Unsignable(_) => SandboxRefusal::UnfitKey,
        SignCallRefusal::Service(error) => SandboxRefusal::Service(error),
    }
}
