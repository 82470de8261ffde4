//! Device authorization (RFC 8628): a device without a browser waits while its user decides on a page
//! of ours.

use serde::{Deserialize, Serialize};
use tallyport_domain::oauth::device::{INTERVAL_S, LIFETIME_MS};
use tallyport_domain::oauth::{DeviceRefusal, GrantScopes, OauthError, Profile, UserCode};
use tallyport_storage::authorization::devices::{self, DeviceRecord, NewDevice};
use tallyport_storage::authorization::grants;

use super::client::Client;
use super::consent::{Consent, DecisionRefusal, Question, check_holder};
use super::request::wished;
use super::tokens_of_grant::OfGrant;
use super::{OauthFault, Parameters, refuse};
use crate::Services;
use crate::error::ServiceError;
use crate::holders::Holder;
use crate::ports::random_bytes;
use crate::secrets::OneTimeToken;
use crate::tokens::IssuedToken;

/// Drawing a taken code once is rare; often is a broken source.
const DRAWS_MAX: u32 = 5;

#[derive(Serialize, Deserialize)]
struct Wanted {
    scope: String,
    details: String,
    resource: String,
}

/// What a device shows to its user.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceAnswer {
    /// What the device asks with.
    pub device_code: String,
    /// What its user types.
    pub user_code: String,
    /// For how many seconds both are good.
    pub expires_in_s: i64,
    /// How many seconds to wait between two questions.
    pub interval_s: u32,
}

impl std::fmt::Debug for DeviceAnswer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("DeviceAnswer(…)")
    }
}

/// What a user who typed a code is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceQuestion {
    /// The code, as the device shows it.
    pub user_code: String,
    /// What the device's application wants.
    pub question: Question,
}

impl Services {
    /// Lets a device wait for its user.
    pub async fn begin_device(&self, client: &Client, parameters: &Parameters) -> Result<DeviceAnswer, OauthFault> {
        if client.settings.profile == Profile::Fapi2 {
            return Err(refuse(OauthError::UnauthorizedClient, "The profile fapi2 has no device authorization."));
        }
        let (scopes, details) = wished(self.scopes_of(client).await?, parameters)?;
        let resource = self.resource(parameters.find("resource"))?.to_owned();
        let wanted = Wanted { scope: scopes.to_string(), details, resource };
        let wanted = serde_json::to_string(&wanted).map_err(|_| ServiceError::broken("a request cannot be written"))?;
        let device_code = OneTimeToken::generate(self.randomness());
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        for _ in 0..DRAWS_MAX {
            let Some(user_code) = UserCode::from_random(&random_bytes::<32>(self.randomness())) else { continue };
            let device = NewDevice {
                code_hash: &OneTimeToken::hash(device_code.reveal()),
                user_code: &user_code.to_string(),
                client: client.id,
                api_key: client.api_key,
                parameters: &wanted,
                interval_s: INTERVAL_S,
                now_ms,
                expires_at_ms: now_ms + LIFETIME_MS,
            };
            if devices::insert(&mut tx, &device).await? {
                tx.commit().await?;
                return Ok(DeviceAnswer {
                    device_code: device_code.reveal().to_owned(),
                    user_code: user_code.to_string(),
                    expires_in_s: LIFETIME_MS / 1000,
                    interval_s: INTERVAL_S,
                });
            }
        }
        Err(ServiceError::broken("every user code drawn is taken").into())
    }

    /// What a device wants whose code somebody typed.
    pub async fn find_device(&self, typed: &str) -> Result<Option<DeviceQuestion>, ServiceError> {
        let Some(user_code) = UserCode::read(typed).map(|code| code.to_string()) else { return Ok(None) };
        let now_ms = self.clock().now_ms();
        let found = devices::find_waiting(&mut self.db().read().await?, &user_code, now_ms).await?;
        let Some(record) = found else { return Ok(None) };
        let (wanted, scopes) = read(&record)?;
        let question = self.question(record.client, scopes, &wanted.details).await?;
        Ok(question.map(|question| DeviceQuestion { user_code, question }))
    }

    /// Writes down what a device's user decided. The first decision counts.
    pub async fn decide_device(&self, typed: &str, holder: &Holder, consent: Consent) -> Result<(), DecisionRefusal> {
        let user_code = UserCode::read(typed).ok_or(DecisionRefusal::Gone)?.to_string();
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let record = devices::find_waiting(&mut tx, &user_code, now_ms).await?;
        let record = record.ok_or(DecisionRefusal::Gone)?;
        check_holder(holder, record.client)?;
        let given = match consent {
            Consent::Refused => None,
            Consent::Given => {
                let (wanted, scopes) = read(&record)?;
                let grant_id = self.give(&mut tx, holder, record.client, scopes, &wanted.details).await?;
                Some((grant_id, holder.signed_in_at_ms.div_euclid(1000)))
            }
        };
        if !devices::decide(&mut tx, &user_code, given, now_ms).await? {
            return Err(DecisionRefusal::Gone);
        }
        if let Some((grant_id, _)) = given {
            self.record_given(&mut tx, holder, grant_id, record.client).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Gives a device its tokens, once its user said yes.
    pub async fn redeem_device_code(
        &self,
        client: &Client,
        device_code: &str,
        jkt: Option<&str>,
    ) -> Result<IssuedToken, OauthFault> {
        self.demand_binding(client, jkt)?;
        let now_ms = self.clock().now_ms();
        let hash = OneTimeToken::hash(device_code);
        let mut tx = self.db().begin_write().await?;
        let record = devices::lock(&mut tx, &hash).await?.filter(|record| record.client == client.id);
        let record = record.ok_or_else(|| refuse(OauthError::InvalidGrant, "The device code is not good."))?;
        if let Err(refusal) = record.poll.answer(now_ms) {
            let interval_s = match refusal {
                DeviceRefusal::SlowDown { interval_s } => interval_s,
                _ => record.poll.interval_s,
            };
            devices::mark_asked(&mut tx, &hash, interval_s, now_ms).await?;
            tx.commit().await?;
            return Err(refuse(error_of(refusal), refusal));
        }
        let (wanted, scopes) = read(&record)?;
        let (grant_id, signed_in_at_s) = record.given.ok_or(ServiceError::broken("an approved device has no grant"))?;
        let grant = grants::find(&mut tx, grant_id).await?;
        let grant = grant.ok_or(ServiceError::broken("a device code has no grant"))?;
        devices::mark_used(&mut tx, &hash).await?;
        let of =
            OfGrant { client, grant: &grant, scopes, resource: &wanted.resource, nonce: None, signed_in_at_s, jkt };
        let mut issued = self.tokens_of_grant(&mut tx, &of).await?;
        self.first_refresh_token(&mut tx, &of, &mut issued).await?;
        tx.commit().await?;
        Ok(issued)
    }
}

const fn error_of(refusal: DeviceRefusal) -> OauthError {
    match refusal {
        DeviceRefusal::Pending => OauthError::AuthorizationPending,
        DeviceRefusal::SlowDown { .. } => OauthError::SlowDown,
        DeviceRefusal::Denied => OauthError::AccessDenied,
        DeviceRefusal::Expired => OauthError::ExpiredToken,
        DeviceRefusal::Used => OauthError::InvalidGrant,
    }
}

fn read(record: &DeviceRecord) -> Result<(Wanted, GrantScopes), ServiceError> {
    let wanted: Option<Wanted> = serde_json::from_str(&record.parameters).ok();
    let scopes = wanted.as_ref().and_then(|wanted| GrantScopes::parse(&wanted.scope).ok());
    wanted.zip(scopes).ok_or(ServiceError::broken("a stored device request cannot be read"))
}
