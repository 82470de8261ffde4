//! How the sandbox is to behave: a field of the body says it, or a header, for whoever cannot change the body.

use axum::extract::FromRequestParts;
use http::HeaderName;
use http::request::Parts;
use tallyport_contract::{ErrorCode, Text};
use tallyport_domain::Environment;
use tallyport_domain::channel::SandboxOutcome;
use tallyport_service::Caller;
use utoipa::IntoParams;

use super::{ApiError, ApiState, read};

const HEADER: HeaderName = HeaderName::from_static("tallyport-sandbox-outcome");
/// The header as people read it.
const NAME: &str = "Tallyport-Sandbox-Outcome";
/// The known outcomes, for refusals.
const OUTCOMES: &str = "succeeds, fails, requires_action, times_out_then_succeeds, never_answers, answers_late, answers_twice, \
     channel_closed, channel_exhausted";

/// The header, for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct OutcomeHeader {
    /// The same as `sandbox_outcome` in the body, which comes before it. In the sandbox only.
    #[param(rename = "Tallyport-Sandbox-Outcome", example = "answers_late")]
    _outcome: Option<String>,
}

/// What the header says.
#[derive(Debug)]
pub(super) struct HeaderOutcome(Option<String>);

impl HeaderOutcome {
    /// The outcome that the body asks for, or else the header.
    pub(super) fn behind(self, body: Option<&str>, caller: &Caller) -> Result<Option<SandboxOutcome>, ApiError> {
        if self.0.is_some() && caller.environment != Environment::Sandbox {
            let detail = Text::new("This header is for the sandbox only.", "此请求头仅用于沙箱。");
            return Err(ApiError::of_param(ErrorCode::ParameterInvalid, NAME, detail));
        }
        let of_header = read::one_of(self.0.as_deref(), NAME, OUTCOMES)?;
        Ok(read::one_of(body, "/sandbox_outcome", OUTCOMES)?.or(of_header))
    }
}

impl FromRequestParts<ApiState> for HeaderOutcome {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, ApiError> {
        let mut values = parts.headers.get_all(HEADER).iter();
        let text = values.next().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        if values.next().is_some() {
            let detail = Text::new("This header may be sent once.", "此请求头只能发送一次。");
            return Err(ApiError::of_param(ErrorCode::ParameterInvalid, NAME, detail));
        }
        Ok(Self(text))
    }
}
