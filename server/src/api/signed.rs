//! The signature of the request: demanded where money moves, verified wherever it is, over the bytes that
//! arrived. What was encrypted is opened afterwards, and the query is looked at: until then nobody knows whose it is.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::HeaderName;
use http::header::HOST;
use http::request::Parts;
use http_body_util::BodyExt as _;
use tallyport_contract::ErrorCode;
use tallyport_contract::strict::BodyFault;
use tallyport_domain::books::Nonce;
use tallyport_domain::json::Limits;
use tallyport_domain::signature::{Field, RequestView};
use tallyport_service::Caller;

use super::authorized::{Authorized, call_from};
use super::encrypted_body::{kind_of_body, open};
use super::{ApiError, ApiState, known_query};

const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");

/// A JSON body whose signature was verified, or need not be there, of a call whose query holds nothing but what the
/// operation knows. The nonce is still unused: it is used up together with what the request does.
#[derive(Debug)]
pub(super) struct SignedJson {
    /// The JSON text: the body as it arrived, or what was encrypted in it.
    pub(super) body: Bytes,
    /// The nonce to use up, when the call is signed.
    pub(super) nonce: Option<Nonce>,
}

impl FromRequest<ApiState> for SignedJson {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &ApiState) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let Authorized(caller) = Authorized::from_request_parts(&mut parts, api).await?;
        let kind = kind_of_body(&parts)?;
        if !is_signed(&parts) {
            if !may_be_unsigned(api, &caller).await? {
                return Err(ErrorCode::SignatureMissing.into());
            }
            known_query::check(&parts)?;
            return Ok(Self { body: open(api, kind, read(body).await?).await?, nonce: None });
        }
        let body = read(body).await?;
        let fields = fields(&parts);
        let view = view(&parts, api, &fields, !body.is_empty())?;
        let nonce = api.services.verify_signature(&caller, call_from(&parts), &view, &body).await?;
        known_query::check(&parts)?;
        Ok(Self { body: open(api, kind, body).await?, nonce: Some(nonce) })
    }
}

/// A call without a body that may be signed. If it is, the signature is good and its nonce is used
/// up by now. Its query holds nothing but what the operation knows.
#[derive(Debug)]
pub(super) struct MaybeSigned;

impl FromRequestParts<ApiState> for MaybeSigned {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        if is_signed(parts) {
            let Authorized(caller) = Authorized::from_request_parts(parts, api).await?;
            let fields = fields(parts);
            let view = view(parts, api, &fields, false)?;
            let nonce = api.services.verify_signature(&caller, call_from(parts), &view, b"").await?;
            use_up(api, Some(nonce)).await?;
        }
        known_query::check(parts)?;
        Ok(Self)
    }
}

/// Uses up the nonce of a call that commits nothing together with it.
pub(super) async fn use_up(api: &ApiState, nonce: Option<Nonce>) -> Result<(), ApiError> {
    let Some(nonce) = nonce else { return Ok(()) };
    if api.services.use_nonce(nonce).await? {
        return Ok(());
    }
    Err(ApiError { tells_time: true, ..ErrorCode::SignatureInvalid.into() })
}

/// Whether the application did away with signatures in its sandbox.
async fn may_be_unsigned(api: &ApiState, caller: &Caller) -> Result<bool, ApiError> {
    let credential = api.services.find_credential(caller.api_key).await?;
    Ok(credential.is_some_and(|credential| credential.may_be_unsigned()))
}

pub(super) fn is_signed(parts: &Parts) -> bool {
    parts.headers.contains_key(SIGNATURE) || parts.headers.contains_key(SIGNATURE_INPUT)
}

/// The layer outside bounds the body as well; this bound is the API's own.
pub(super) async fn read(body: Body) -> Result<Bytes, ApiError> {
    let bytes_max = Limits::REQUEST.bytes_max;
    let limited = http_body_util::Limited::new(body, bytes_max);
    match limited.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            let detail = BodyFault::TooLarge { bytes_max }.message();
            Err(ApiError { detail: Some(detail), ..ErrorCode::BodyTooLarge.into() })
        }
        Err(_) => Err(ErrorCode::BodyMalformed.into()),
    }
}

pub(super) fn fields(parts: &Parts) -> Vec<Field<'_>> {
    parts.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
}

/// The request as its signer saw it: under the public scheme, whatever a proxy made of it.
pub(super) fn view<'a>(
    parts: &'a Parts,
    api: &ApiState,
    fields: &'a [Field<'a>],
    has_body: bool,
) -> Result<RequestView<'a>, ApiError> {
    let host = parts.headers.get(HOST).and_then(|value| value.to_str().ok());
    let authority = parts.uri.authority().map(http::uri::Authority::as_str).or(host);
    Ok(RequestView {
        method: parts.method.as_str(),
        scheme: if api.public_url.is_https() { "https" } else { "http" },
        authority: authority.ok_or(ErrorCode::SignatureInvalid)?,
        path: parts.uri.path(),
        query: parts.uri.query(),
        fields,
        has_body,
    })
}
