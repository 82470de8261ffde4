//! The table `events`, as partners read it. Only the write lane writes it.

use tallyport_domain::Environment;
use tallyport_domain::books::EventKind;
use tallyport_domain::ids::{AppId, EventId, ObjectId};

use crate::column::{AFTER_EVERY_ID, RowOf};
use crate::on::on;
use crate::{Conn, StorageError};

/// An event as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// Its id.
    pub id: EventId,
    /// The JSON of the wire.
    pub body: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    body: String,
}

impl TryFrom<Row> for EventRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let id = RowOf { table: "events", id: &row.id }.parse("id", &row.id)?;
        Ok(Self { id, body: row.body })
    }
}

/// One of an application's events.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    id: EventId,
) -> Result<Option<EventRecord>, StorageError> {
    const FIND: &str = "SELECT id, body FROM events WHERE application_id = $1 AND environment = $2 AND id = $3";
    let mut conn = on.into();
    let row = on!(conn, |conn| {
        sqlx::query_as::<_, Row>(FIND)
            .bind(application_id.to_string())
            .bind(environment.as_str())
            .bind(id.to_string())
            .fetch_optional(conn)
            .await
    })?;
    row.map(TryInto::try_into).transpose()
}

/// What happened to one object, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectEvent {
    /// Its id.
    pub id: EventId,
    /// Its number among the object's events, from one.
    pub sequence: i64,
    /// What happened.
    pub kind: EventKind,
    /// The JSON of the wire.
    pub body: String,
    /// When it happened.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct ObjectRow {
    id: String,
    sequence: i64,
    #[sqlx(rename = "type")]
    kind: String,
    body: String,
    created_at_ms: i64,
}

/// The newest events of an object, in their order.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_object(
    on: impl Into<Conn<'_>>,
    object: ObjectId,
    limit: i64,
) -> Result<Vec<ObjectEvent>, StorageError> {
    const LIST: &str = "SELECT id, sequence, type, body, created_at_ms FROM events WHERE object_id = $1 \
        ORDER BY sequence DESC LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| {
        sqlx::query_as::<_, ObjectRow>(LIST).bind(object.to_string()).bind(limit).fetch_all(conn).await
    })?;
    let read = |row: ObjectRow| {
        let of = RowOf { table: "events", id: &row.id };
        let (id, kind) = (of.parse("id", &row.id)?, of.parse("type", &row.kind)?);
        Ok(ObjectEvent { id, sequence: row.sequence, kind, body: row.body, created_at_ms: row.created_at_ms })
    };
    rows.into_iter().rev().map(read).collect()
}

/// Which events a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those about this object.
    pub object: Option<ObjectId>,
    /// Only those of this type.
    pub kind: Option<EventKind>,
}

macro_rules! list {
    ($type:literal) => {
        concat!(
            "SELECT id, body FROM events WHERE application_id = $1 AND environment = $2 AND id < $3 AND ",
            $type,
            " ORDER BY id DESC LIMIT $6"
        )
    };
}
const LIST: &str = list!("($4 IS NULL OR type = $5)");
/// Those that tell of something else than nearly all have an index of their own.
const LIST_OF_RARER_TYPE: &str =
    list!("$4 IS NOT NULL AND type = $5 AND type NOT IN ('payment.created', 'payment.captured')");

/// An object has few events. As expressions, the other columns do not lead through all of the application's.
const LIST_OF_OBJECT: &str = "SELECT id, body FROM events WHERE object_id = $7 AND application_id || '' = $1 \
    AND environment || '' = $2 AND id || '' < $3 AND ($4 IS NULL OR type || '' = $5) ORDER BY id DESC LIMIT $6";

/// Those of an application's events that the filter lets through, newest first, older than `before`.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    filter: &Filter,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<EventRecord>, StorageError> {
    let mut conn = on.into();
    let before = before.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string());
    let object = filter.object.map(|id| id.to_string());
    let sql = match (&object, filter.kind) {
        (Some(_), _) => LIST_OF_OBJECT,
        (None, None | Some(EventKind::PaymentCreated | EventKind::PaymentCaptured)) => LIST,
        (None, Some(_)) => LIST_OF_RARER_TYPE,
    };
    let kind = filter.kind.map(EventKind::as_str);
    let rows = on!(conn, |conn| {
        let mut query = sqlx::query_as::<_, Row>(sql)
            .bind(application_id.to_string())
            .bind(environment.as_str())
            .bind(before)
            .bind(kind)
            .bind(kind)
            .bind(limit);
        if let Some(object) = object {
            query = query.bind(object);
        }
        query.fetch_all(conn).await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

#[cfg(test)]
mod tests {
    use super::{LIST_OF_OBJECT, LIST_OF_RARER_TYPE};
    use crate::both_databases;

    both_databases! {
        async fn events_of_an_object_are_looked_for_by_the_object(test: TestDb) {
            let plan = test.plan(LIST_OF_OBJECT).await;
            let by_object = ["events_object_id_sequence_key", "(object_id=?)"];
            assert!(by_object.iter().any(|index| plan.contains(index)), "{plan}");
            assert!(!plan.contains("application_id=?") && !plan.contains("events_pkey"), "{plan}");
        }

        async fn what_few_events_tell_is_looked_for_by_its_type(test: TestDb) {
            let plan = test.plan(LIST_OF_RARER_TYPE).await;
            assert!(plan.contains("events_by_rarer_type") && !plan.contains("events_pkey"), "{plan}");
            assert!(!plan.to_lowercase().contains("sort") && !plan.contains("B-TREE"), "in the order of ids: {plan}");
        }
    }
}
