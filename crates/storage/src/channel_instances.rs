//! The table `channel_instances`. A migration makes its rows and none is ever deleted; administrators
//! change them.

use tallyport_domain::channel::{ChannelInstance, Drill, InstanceWeight};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    channel: String,
    weight: i64,
    is_enabled: i64,
    drill: Option<String>,
}

impl TryFrom<Row> for ChannelInstance {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "channel_instances", id: &row.name };
        Ok(Self {
            name: stored.parse("name", &row.name)?,
            channel: stored.parse("channel", &row.channel)?,
            weight: InstanceWeight::try_from(row.weight).map_err(|_| stored.corrupt("weight"))?,
            is_enabled: row.is_enabled == 1,
            drill: stored.parse_some("drill", row.drill.as_deref())?,
        })
    }
}

/// Every instance, by name.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>) -> Result<Vec<ChannelInstance>, StorageError> {
    const LIST: &str = "SELECT name, channel, weight, is_enabled, drill FROM channel_instances ORDER BY name";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Changes what an administrator wants of an instance. `false` when there is none of that name and
/// channel.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &mut Tx, instance: &ChannelInstance) -> Result<bool, StorageError> {
    const CHANGE: &str = "UPDATE channel_instances SET weight = $1, is_enabled = $2, drill = $3 \
        WHERE name = $4 AND channel = $5";
    let changed = on!(tx, |conn| affected(
        sqlx::query(CHANGE)
            .bind(i64::from(instance.weight.get().get()))
            .bind(i64::from(instance.is_enabled))
            .bind(instance.drill.map(Drill::as_str))
            .bind(instance.name.as_str())
            .bind(instance.channel.as_str())
            .execute(conn)
            .await
    ))?;
    Ok(changed == 1)
}
