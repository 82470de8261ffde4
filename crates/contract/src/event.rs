//! Events on the wire, as webhooks and `GET /v1/events` carry them.

use serde::{Deserialize, Serialize};
use tallyport_domain::books::{Event as DomainEvent, EventObject as DomainObject};

use crate::movement::AnyMovement;
use crate::payment::Payment;
use crate::time::rfc3339;

/// Something that happened to an object.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// The event's id.
    #[cfg_attr(feature = "openapi", schema(example = "evt_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub id: String,
    /// Always `event`.
    // Those that were written before there was this field are without it.
    #[serde(default = "object")]
    #[cfg_attr(feature = "openapi", schema(required, example = "event"))]
    pub object: String,
    /// What happened, such as `payment.captured`.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "payment.captured"))]
    pub kind: String,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.042Z", format = DateTime))]
    pub created_at: String,
    /// `sandbox` or `live`.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// Rises by one with each event of the object, from one.
    #[cfg_attr(feature = "openapi", schema(example = 2))]
    pub sequence: i64,
    /// What it happened to.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, serde_json::Value>, example = data_example))]
    pub data: EventData,
}

fn object() -> String {
    "event".to_owned()
}

#[cfg(feature = "openapi")]
fn data_example() -> serde_json::Value {
    serde_json::json!({ "object": crate::payment::example() })
}

/// What an event happened to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventData {
    /// The payment, refund, transfer, top-up or withdrawal, as it was right after.
    pub object: EventObject,
}

/// An object of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EventObject {
    /// A payment.
    Payment(Box<Payment>),
    /// A refund, transfer, top-up or withdrawal.
    Movement(Box<AnyMovement>),
}

impl EventObject {
    fn of(object: &DomainObject, public_url: &str) -> Self {
        match object {
            DomainObject::Payment(payment) => Self::Payment(Box::new(Payment::of(payment, public_url))),
            DomainObject::Movement(movement) => Self::Movement(Box::new(AnyMovement::from(&**movement))),
        }
    }
}

impl Event {
    /// The event as a partner sees it, on a platform that is reached at this origin.
    #[must_use]
    pub fn of(event: &DomainEvent, public_url: &str) -> Self {
        Self {
            id: event.id.to_string(),
            object: object(),
            kind: event.kind.as_str().to_owned(),
            created_at: rfc3339(event.created_at_ms),
            environment: event.object.environment().to_string(),
            sequence: event.sequence,
            data: EventData { object: EventObject::of(&event.object, public_url) },
        }
    }
}

/// The text of the object within the text of an event. Both are written by this program, so the first
/// `data` is the event's own: nothing before it comes from anybody else.
#[must_use]
pub fn object_text(event: &str) -> Option<&str> {
    let (_, rest) = event.split_once(",\"data\":{\"object\":")?;
    rest.strip_suffix("}}")
}

#[cfg(test)]
mod tests {
    use super::{Event, object_text};
    use crate::time::rfc3339;

    /// An event's text as it is written, and as it was before it said that it is one.
    fn texts() -> [String; 2] {
        let at = rfc3339(0);
        let object = format!(
            r#"{{"id":"trf_1","object":"transfer","environment":"sandbox","from_account":"acct_1","to_account":"acct_2","amount":"1.00","currency":"USD","status":"succeeded","failure_code":null,"next_check_at":null,"description":",\"data\":{{\"object\":","metadata":{{}},"created_at":"{at}","updated_at":"{at}"}}"#
        );
        ["", r#""object":"event","#].map(|kind| {
            format!(
                r#"{{"id":"evt_1",{kind}"type":"transfer.succeeded","created_at":"{at}","environment":"sandbox","sequence":1,"data":{{"object":{object}}}}}"#
            )
        })
    }

    #[test]
    fn object_is_found_in_every_text_that_was_ever_written() {
        let [before, now] = texts();
        let object = object_text(&now).unwrap();
        assert!(object.starts_with(r#"{"id":"trf_1","#) && object.ends_with(r#"Z"}"#), "{object}");
        assert_eq!(object_text(&before), Some(object));
    }

    #[test]
    fn events_from_before_they_said_what_they_are_are_still_read() {
        let [before, now] = texts();
        let read = |text: &str| serde_json::from_str::<Event>(text).unwrap();
        assert_eq!((read(&before).object.as_str(), read(&now).object.as_str()), ("event", "event"));
        assert_eq!(serde_json::to_string(&read(&before)).unwrap(), now);
    }
}
