//! Signing a call for a developer with the stored sandbox secret of one of their applications, so
//! that they see the real thing before they wrote a line. The secret does not leave this crate.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use tallyport_domain::Environment;
use tallyport_domain::ids::AppId;
use tallyport_domain::signature::sign::{prepare, request_components};
use tallyport_domain::signature::{Algorithm, Field, Message, RequestView, SignatureParams, SignatureRefusal};
use tallyport_domain::team::Power;
use zeroize::Zeroizing;

use crate::Services;
use crate::caller::{CallFrom, Member};
use crate::credentials::Credential;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::teams::AccessRefusal;
use crate::tokens::IssueRefusal;

/// The label of the one signature.
const LABEL: &str = "sig1";
/// The tag of the open API's signatures.
const TAG: &str = "tallyport";
/// 128 bits, so that no two nonces meet.
const NONCE_BYTES: usize = 16;

/// A call that waits for its signature.
#[derive(Debug, Clone, Copy)]
pub struct UnsignedCall<'a> {
    /// The method in capital letters.
    pub method: &'a str,
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host and port, as they will stand in `Host`.
    pub authority: &'a str,
    /// The path, without a query.
    pub path: &'a str,
    /// The header fields that are there already, such as `Idempotency-Key`.
    pub fields: &'a [(&'a str, &'a str)],
    /// The body as it will be sent.
    pub body: &'a [u8],
}

/// What makes the call an authentic one of the application.
pub struct CallProof {
    /// A fresh access token. It is good for ten minutes, so it must not be shown or kept.
    pub access_token: Zeroizing<String>,
    /// The value of `Content-Digest`.
    pub content_digest: String,
    /// The value of `Signature-Input`.
    pub signature_input: String,
    /// The value of `Signature`.
    pub signature: String,
    /// The text that was signed.
    pub signature_base: String,
}

impl fmt::Debug for CallProof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("CallProof").field("signature_base", &self.signature_base).finish_non_exhaustive()
    }
}

/// Why a call is not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignCallRefusal {
    /// The member has no such application, or may only look at it.
    #[error("the member has no such application to call with")]
    NoSuchApplication,
    /// None of the application's sandbox credentials can be used.
    #[error("the application has no usable sandbox credentials")]
    NoCredential,
    /// A header of the call cannot be signed.
    #[error(transparent)]
    Unsignable(#[from] SignatureRefusal),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Signs a sandbox call as one of the member's applications, with its newest usable credential.
    pub async fn sign_as_application(
        &self,
        member: &Member,
        application_id: AppId,
        call: &UnsignedCall<'_>,
    ) -> Result<CallProof, SignCallRefusal> {
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        match self.application_for(&mut reader, member, application_id, Power::Develop).await {
            Ok(_) => drop(reader),
            // Whoever may only look has nothing to call with.
            Err(AccessRefusal::Unknown | AccessRefusal::Role) => return Err(SignCallRefusal::NoSuchApplication),
            // None of its keys works.
            Err(AccessRefusal::Closed) => return Err(SignCallRefusal::NoCredential),
            Err(AccessRefusal::Service(error)) => return Err(error.into()),
        }
        let credential = self.newest_sandbox_credential(member, application_id).await?;
        let credential = credential.ok_or(SignCallRefusal::NoCredential)?;
        let issued =
            self.issue_token(&credential.api_key.to_string(), credential.secret.reveal(), None, CallFrom::Portal).await;
        let issued = issued.map_err(|refusal| match refusal {
            IssueRefusal::Service(error) => SignCallRefusal::Service(error),
            // Between the two look-ups somebody may have revoked it.
            IssueRefusal::InvalidClient
            | IssueRefusal::Network
            | IssueRefusal::InvalidScope
            | IssueRefusal::NotApproved => SignCallRefusal::NoCredential,
        })?;
        let nonce: [u8; NONCE_BYTES] = random_bytes(self.randomness());
        let params = SignatureParams::new()
            .with_created_s(self.clock().now_ms().div_euclid(1000))?
            .with_nonce(&URL_SAFE_NO_PAD.encode(nonce))?
            .with_keyid(&credential.api_key.to_string())?
            .with_alg(Algorithm::HmacSha256)
            .with_tag(TAG)?;
        prove(call, params, &credential, issued.access_token)
    }

    async fn newest_sandbox_credential(
        &self,
        member: &Member,
        application_id: AppId,
    ) -> Result<Option<std::sync::Arc<Credential>>, ServiceError> {
        for record in self.list_credentials(member, application_id, Environment::Sandbox).await? {
            if let Some(credential) = self.find_credential(record.credential.api_key).await? {
                return Ok(Some(credential));
            }
        }
        Ok(None)
    }
}

fn prove(
    call: &UnsignedCall<'_>,
    params: SignatureParams,
    credential: &Credential,
    access_token: Zeroizing<String>,
) -> Result<CallProof, SignCallRefusal> {
    let content_digest = format!("sha-256=:{}:", STANDARD.encode(digest(&SHA256, call.body)));
    let given = call.fields.iter().map(|(name, value)| (*name, value.as_bytes()));
    let fields: Vec<Field<'_>> = given.chain([("content-digest", content_digest.as_bytes())]).collect();
    let view = RequestView {
        method: call.method,
        scheme: call.scheme,
        authority: call.authority,
        path: call.path,
        query: None,
        fields: &fields,
        has_body: !call.body.is_empty(),
    };
    let unsigned = prepare(&Message::Request(&view), LABEL, request_components(&view), params)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, credential.secret.reveal().as_bytes());
    let signature = unsigned.signature_field(hmac::sign(&key, &unsigned.base).as_ref());
    Ok(CallProof {
        access_token,
        signature_input: unsigned.signature_input,
        signature,
        // The base is printable ASCII by construction.
        signature_base: String::from_utf8_lossy(&unsigned.base).into_owned(),
        content_digest,
    })
}
