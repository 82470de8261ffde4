//! Calls to the services that the operator named in the settings, such as an OpenID provider. Where
//! others name the target, this is the wrong port: it checks no addresses.

use std::time::Duration;

use oauth2::http::Response;
use oauth2::{HttpRequest, HttpResponse};

/// How long a whole call may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a connection may take to stand.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// Calls without following redirects, without proxies of the environment, with limits.
#[derive(Debug, Clone)]
pub struct OutsideHttp(reqwest::Client);

/// A call had no answer that could be used.
#[derive(Debug, thiserror::Error)]
pub enum OutsideHttpError {
    /// The call could not be made, or its answer did not come in time.
    #[error("the call failed")]
    Failed(#[from] reqwest::Error),
    /// The answer is longer than any should be.
    #[error("the answer is longer than {ANSWER_BYTES_MAX} bytes")]
    TooLong,
}

impl OutsideHttp {
    /// A caller.
    ///
    /// # Errors
    /// When TLS cannot be prepared, as without any certificates on this machine.
    #[expect(clippy::disallowed_methods, reason = "this is the one port to services that the operator named")]
    pub fn new() -> Result<Self, OutsideHttpError> {
        // Whoever comes first in this process installs it; all of us want the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .build()?;
        Ok(Self(client))
    }

    /// Makes one call.
    pub async fn call(&self, request: HttpRequest) -> Result<HttpResponse, OutsideHttpError> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(OutsideHttpError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}
