//! Events on the wire, as webhooks and `GET /v1/events` carry them.

use serde::{Deserialize, Serialize};
use tallyport_domain::books::Event as DomainEvent;

use crate::payment::Payment;
use crate::time::rfc3339;

/// Something that happened to an object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    /// The event's id.
    pub id: String,
    /// What happened, such as `payment.captured`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When.
    pub created_at: String,
    /// In which world.
    pub environment: String,
    /// Rises by one with each event of the object.
    pub sequence: i64,
    /// What it happened to.
    pub data: EventData,
}

/// The object of an event, as it was right after.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventData {
    /// The object.
    pub object: Payment,
}

impl From<&DomainEvent> for Event {
    fn from(event: &DomainEvent) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.as_str().to_owned(),
            created_at: rfc3339(event.created_at_ms),
            environment: event.payment.asked.environment.to_string(),
            sequence: event.sequence,
            data: EventData { object: Payment::from(&event.payment) },
        }
    }
}
