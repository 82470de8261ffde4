//! The `Idempotency-Key` header, which every call that moves money has to carry.

use axum::extract::FromRequestParts;
use http::HeaderName;
use http::request::Parts;
use tallyport_contract::{ErrorCode, Text};
use tallyport_domain::books::IdempotencyKey;
use tallyport_domain::card_number;

use super::{ApiError, ApiState};

const HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// The caller's name for the effect.
#[derive(Debug)]
pub(super) struct Keyed(pub(super) IdempotencyKey);

impl FromRequestParts<ApiState> for Keyed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, ApiError> {
        let mut values = parts.headers.get_all(HEADER).iter();
        let value = values.next().ok_or(ErrorCode::IdempotencyKeyMissing)?;
        let is_single = values.next().is_none();
        let text = value.to_str().ok().filter(|_| is_single);
        if text.is_some_and(card_number::is_in) {
            return Err(ErrorCode::CardNumberRefused.into());
        }
        text.and_then(|text| text.parse().ok()).map(Self).ok_or_else(|| {
            ApiError::of_param(
                ErrorCode::IdempotencyKeyInvalid,
                "Idempotency-Key",
                Text::new(
                    "The key has to be 1 to 255 visible ASCII characters, sent once.",
                    "该键须为 1 至 255 个可见 ASCII 字符，且只发送一次。",
                ),
            )
        })
    }
}
