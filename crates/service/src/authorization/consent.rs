//! Consent: what the page shows to the holder, and what their decision does.

use serde_json::json;
use tallyport_domain::Environment;
use tallyport_domain::ids::{AppId, GrantId};
use tallyport_domain::oauth::{ClientId, CodeState, GrantScopes, IssuedCode, OauthError, PaymentDetail, code, details};
use tallyport_domain::redirect_uri::RedirectUri;
use tallyport_storage::Tx;
use tallyport_storage::authorization::codes::{self, CodeRecord};
use tallyport_storage::authorization::grants::{self, GrantRecord};
use tallyport_storage::authorization::requests;
use tallyport_storage::authorization::{SecretHash, clients};

use super::request::Asked;
use super::{OauthRefusal, refuse};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::holders::Holder;
use crate::ports::random_bytes;
use crate::secrets::OneTimeToken;

/// What a holder is asked, in facts that the page puts into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who asks: the application's id.
    pub application_id: AppId,
    /// Who asks: the name that its team gave it.
    pub application_name: String,
    /// In which world.
    pub environment: Environment,
    /// What it wants.
    pub scopes: GrantScopes,
    /// Which payments it wants to make, and up to how much.
    pub payments: Vec<PaymentDetail>,
    /// Until when the consent would be good.
    pub until_ms: i64,
    /// Where the answer goes; nothing for a device.
    pub answers_to: Option<RedirectUri>,
    /// The holder has to have signed in since then.
    pub signed_in_since_ms: i64,
}

/// What a holder says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Yes.
    Given,
    /// No.
    Refused,
}

/// Why a decision does not count.
#[derive(Debug, thiserror::Error)]
pub enum DecisionRefusal {
    /// There is no such request, or it was decided before, or it waited too long.
    #[error("the request is not open any more")]
    Gone,
    /// The holder lives in the other world, or is another application's test holder.
    #[error("the holder cannot decide this request")]
    OtherHolder,
    /// The holder has to sign in anew first.
    #[error("the holder has to sign in anew")]
    SignInAgain,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<tallyport_storage::StorageError> for DecisionRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// What an open request asks, or nothing when it is not open any more.
    pub async fn find_question(&self, handle: &str) -> Result<Option<Question>, ServiceError> {
        let now_ms = self.clock().now_ms();
        let hash = OneTimeToken::hash(handle);
        let Some(record) = requests::find_open(&mut self.db().read().await?, &hash, now_ms).await? else {
            return Ok(None);
        };
        let asked = Asked::read(&record)?;
        let question = self.question(record.client, asked.scopes()?, &asked.details).await?;
        Ok(question.map(|question| Question {
            answers_to: asked.redirect_uri().ok(),
            signed_in_since_ms: asked.signed_in_since_ms,
            ..question
        }))
    }

    pub(super) async fn question(
        &self,
        client: ClientId,
        scopes: GrantScopes,
        details: &str,
    ) -> Result<Option<Question>, ServiceError> {
        let mut reader = self.db().read().await?;
        let name = tallyport_storage::applications::find_name(&mut reader, client.application_id).await?;
        let settings = clients::find_settings(&mut reader, client).await?;
        Ok(name.map(|application_name| Question {
            application_id: client.application_id,
            application_name,
            environment: client.environment,
            scopes,
            payments: read_details(details),
            until_ms: self.clock().now_ms() + i64::from(settings.lifetimes.grant_s()) * 1000,
            answers_to: None,
            signed_in_since_ms: 0,
        }))
    }

    /// Writes down what the holder decided, and says where the browser goes with the answer. Of
    /// several decisions about one request the first one counts.
    pub async fn decide_request(
        &self,
        handle: &str,
        holder: &Holder,
        consent: Consent,
    ) -> Result<String, DecisionRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let record = requests::decide(&mut tx, &OneTimeToken::hash(handle), now_ms).await?;
        let record = record.ok_or(DecisionRefusal::Gone)?;
        let asked = Asked::read(&record)?;
        check_holder(holder, record.client)?;
        if holder.signed_in_at_ms < asked.signed_in_since_ms {
            return Err(DecisionRefusal::SignInAgain);
        }
        let redirect_uri = asked.redirect_uri()?;
        if consent == Consent::Refused {
            tx.commit().await?;
            let refusal =
                OauthRefusal { error: OauthError::AccessDenied, description: "The account holder refused.".to_owned() };
            return Ok(self.refusal_url(&redirect_uri, asked.state.as_deref(), &refusal));
        }
        let grant_id = self.give(&mut tx, holder, record.client, asked.scopes()?, &asked.details).await?;
        let code = OneTimeToken::generate(self.randomness());
        let issued = CodeRecord {
            code: IssuedCode {
                client: record.client,
                redirect_uri: asked.redirect_uri,
                code_challenge: asked.code_challenge,
                jkt: asked.jkt,
                expires_at_ms: now_ms + code::LIFETIME_MS,
                state: CodeState::Issued,
            },
            grant_id,
            nonce: asked.nonce,
            resource: asked.resource,
            signed_in_at_s: holder.signed_in_at_ms.div_euclid(1000),
        };
        let hash: SecretHash = OneTimeToken::hash(code.reveal());
        codes::insert(&mut tx, &hash, &issued, now_ms).await?;
        self.record_given(&mut tx, holder, grant_id, record.client).await?;
        tx.commit().await?;
        let mut answer = vec![("code", code.reveal())];
        answer.extend(asked.state.as_deref().map(|state| ("state", state)));
        answer.push(("iss", self.issuer()));
        Ok(redirect_uri.with_answer(&answer))
    }

    /// Makes a grant as part of a larger change.
    pub(super) async fn give(
        &self,
        tx: &mut Tx,
        holder: &Holder,
        client: ClientId,
        scopes: GrantScopes,
        details: &str,
    ) -> Result<GrantId, ServiceError> {
        let now_ms = self.clock().now_ms();
        let settings = clients::find_settings(&mut *tx, client).await?;
        let grant = GrantRecord {
            id: GrantId::from_parts(now_ms, random_bytes(self.randomness())),
            holder_id: holder.id,
            client,
            scopes,
            details: details.to_owned(),
            created_at_ms: now_ms,
            expires_at_ms: now_ms + i64::from(settings.lifetimes.grant_s()) * 1000,
            ended_at_ms: None,
        };
        grants::insert(tx, &grant, &read_details(details)).await?;
        Ok(grant.id)
    }

    pub(super) async fn record_given(
        &self,
        tx: &mut Tx,
        holder: &Holder,
        grant_id: GrantId,
        client: ClientId,
    ) -> Result<(), ServiceError> {
        let detail = json!({ "application": client.application_id.to_string() });
        let deed = Deed { action: "grant.given", object: grant_id.to_string(), detail };
        self.record(tx, &Actor::holder(holder.id, holder.network), deed).await
    }
}

/// A holder decides in their own world only, and a test holder only about their own application.
pub(super) fn check_holder(holder: &Holder, client: ClientId) -> Result<(), DecisionRefusal> {
    let is_at_home = holder.environment == client.environment;
    let is_of_application = holder.test_holder_of.is_none_or(|own| own == client.application_id);
    if is_at_home && is_of_application { Ok(()) } else { Err(DecisionRefusal::OtherHolder) }
}

/// Details as they were written by us.
pub(super) fn read_details(text: &str) -> Vec<PaymentDetail> {
    if text.is_empty() { Vec::new() } else { details::read(text).unwrap_or_default() }
}

/// A grant that does not allow anything any more.
pub(super) fn ended() -> super::OauthFault {
    refuse(OauthError::InvalidGrant, "The account holder's consent has ended.")
}
