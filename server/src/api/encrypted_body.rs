//! Bodies that are encrypted to the platform: what a body is by its media type, and what is read of it.

use axum::body::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderName, Method};
use tallyport_contract::{ErrorCode, Text};
use tallyport_service::encryption::JweRefusal;

use super::{ApiError, ApiState};

/// The media type of JWE in compact form (RFC 7516, appendix of media types of RFC 7515, 9.2.1).
pub(super) const JOSE: &str = "application/jose";

/// How a body is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    /// As it is.
    Json,
    /// Opened first.
    Encrypted,
}

/// What the body says it is.
pub(super) fn kind_of_body(parts: &Parts) -> Result<BodyKind, ErrorCode> {
    match media_type(&parts.headers, CONTENT_TYPE) {
        name if name.eq_ignore_ascii_case("application/json") => Ok(BodyKind::Json),
        name if name.eq_ignore_ascii_case(JOSE) => Ok(BodyKind::Encrypted),
        _ if parts.method == Method::GET => Ok(BodyKind::Json),
        _ => Err(ErrorCode::MediaTypeUnsupported),
    }
}

fn media_type(headers: &HeaderMap, name: HeaderName) -> &str {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim()
}

/// The JSON text of a body. What was signed is the body as it came, so this is asked for afterwards.
pub(super) async fn open(api: &ApiState, kind: BodyKind, body: Bytes) -> Result<Bytes, ApiError> {
    if kind == BodyKind::Json {
        return Ok(body);
    }
    let text = std::str::from_utf8(&body).map_err(|_| refused(JweRefusal::Form))?;
    Ok(api.services.open_jwe(text).await?.map_err(refused)?.into())
}

/// The header stands in the open, so its sender may hear what is wrong with it. Of what is inside,
/// nobody hears more than that it does not open.
fn refused(refusal: JweRefusal) -> ApiError {
    tracing::info!(%refusal, "an encrypted body was refused: {refusal}");
    let detail = match refusal {
        JweRefusal::Form => Text::new(
            "The body is not a JWE in compact form: five parts of base64url without padding.",
            "请求体不是紧凑格式的 JWE：应为五段不带填充的 base64url。",
        ),
        JweRefusal::Algorithm => Text::new(
            "`alg` has to be RSA-OAEP-256 and `enc` A256GCM.",
            "`alg` 必须为 RSA-OAEP-256，`enc` 必须为 A256GCM。",
        ),
        JweRefusal::Extension => Text::new("`zip` and `crit` are not supported.", "不支持 `zip` 与 `crit`。"),
        JweRefusal::Content => Text::new(
            "What is encrypted has to be JSON itself: leave `cty` out or set it to `json`.",
            "加密的内容必须直接为 JSON：请省略 `cty` 或设为 `json`。",
        ),
        JweRefusal::Key => Text::new(
            "`kid` has to name the key with `use` `enc` of the platform's key set.",
            "`kid` 必须是平台公钥集中 `use` 为 `enc` 的密钥。",
        ),
        JweRefusal::Sealed => Text::new(
            "The body does not open: it was encrypted to another key or changed on the way.",
            "无法解密请求体：加密所用的密钥不符，或内容在途中被更改。",
        ),
    };
    ApiError { detail: Some(detail), ..ErrorCode::EncryptionInvalid.into() }
}
