//! Keeps sessions in the database, under the hash of their id: who reads the table can impersonate
//! nobody.

use std::collections::HashMap;
use std::fmt;

use serde_json::Value;
use tallyport_app::{SESSION_DEVELOPER_ID, SESSION_DEVICE, SESSION_NETWORK};
use tallyport_service::Services;
use tallyport_service::identity::SessionKey;
use tallyport_storage::StorageError;
use tallyport_storage::sessions::{self, SessionContents};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// However active its owner, a session ends after so long: thirty days.
const ABSOLUTE_LIMIT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A session ends after so long without a visit.
pub(super) const IDLE_LIMIT_MS: i64 = 12 * 60 * 60 * 1000;

/// Drawing a taken id of 128 bits once is unheard of; three times is a broken source.
const CREATE_ATTEMPTS: u32 = 3;

/// The session layer's store over `tallyport-storage`.
#[derive(Clone)]
pub(super) struct StoredSessions {
    services: Services,
}

impl StoredSessions {
    pub(super) fn new(services: Services) -> Self {
        Self { services }
    }

    /// Ids come from the same port as all randomness.
    fn draw_id(&self) -> Id {
        let mut bytes = [0; 16];
        self.services.randomness().fill(&mut bytes);
        Id(i128::from_le_bytes(bytes))
    }

    /// The row's limit goes by the clock of the services, like the check of it; what the layer
    /// reckons in `Record` goes by the machine's and is for the cookie.
    fn expires_at_ms(&self) -> i64 {
        self.services.clock().now_ms() + IDLE_LIMIT_MS
    }
}

impl fmt::Debug for StoredSessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StoredSessions")
    }
}

#[async_trait::async_trait]
impl SessionStore for StoredSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let data = encoded(record)?;
        let now_ms = self.services.clock().now_ms();
        for _ in 0..CREATE_ATTEMPTS {
            record.id = self.draw_id();
            let mut tx = self.services.db().begin_write().await.map_err(backend)?;
            let created = sessions::create(
                &mut tx,
                key(&record.id).hash(),
                contents(record, &data),
                now_ms,
                self.expires_at_ms(),
            )
            .await
            .map_err(backend)?;
            if created {
                return tx.commit().await.map_err(backend);
            }
        }
        Err(Error::Backend("every session id drawn is taken".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = encoded(record)?;
        let now_ms = self.services.clock().now_ms();
        let mut tx = self.services.db().begin_write().await.map_err(backend)?;
        sessions::save(&mut tx, key(&record.id).hash(), contents(record, &data), now_ms, self.expires_at_ms())
            .await
            .map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now_ms = self.services.clock().now_ms();
        let mut reader = self.services.db().read().await.map_err(backend)?;
        let Some(found) = sessions::find(&mut reader, key(id).hash(), now_ms).await.map_err(backend)? else {
            return Ok(None);
        };
        if now_ms - found.created_at_ms >= ABSOLUTE_LIMIT_MS {
            return Ok(None);
        }
        let data: HashMap<String, Value> =
            serde_json::from_str(&found.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(found.expires_at_ms / 1000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut tx = self.services.db().begin_write().await.map_err(backend)?;
        sessions::delete(&mut tx, key(id).hash()).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

fn key(id: &Id) -> SessionKey {
    SessionKey::of_id(id.0)
}

/// What the list of somebody's sessions shows stands in columns of its own, beside the data.
fn contents<'a>(record: &'a Record, data: &'a str) -> SessionContents<'a> {
    let text = |name: &str| record.data.get(name).and_then(Value::as_str).unwrap_or_default();
    SessionContents {
        data,
        developer_id: text(SESSION_DEVELOPER_ID).parse().ok(),
        device: text(SESSION_DEVICE),
        network: text(SESSION_NETWORK),
    }
}

fn encoded(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn backend(error: StorageError) -> Error {
    Error::Backend(error.to_string())
}
