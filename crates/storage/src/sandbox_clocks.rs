//! The table `sandbox_clocks`, and what moving a clock means to the work that waits.

use tallyport_domain::ids::AppId;
use tallyport_domain::sandbox_clock::SandboxClock;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

#[derive(sqlx::FromRow)]
pub(crate) struct ClockRow {
    pub(crate) application_id: String,
    pub(crate) frozen_at_ms: Option<i64>,
    pub(crate) ahead_ms: i64,
}

impl ClockRow {
    pub(crate) fn read(self) -> Result<(AppId, SandboxClock), StorageError> {
        let row = RowOf { table: "sandbox_clocks", id: &self.application_id };
        Ok((row.parse("application_id", &self.application_id)?, self.clock()))
    }

    const fn clock(&self) -> SandboxClock {
        match self.frozen_at_ms {
            Some(at_ms) => SandboxClock::Frozen { at_ms },
            None => SandboxClock::Running { ahead_ms: self.ahead_ms },
        }
    }
}

/// The clock of an application's sandbox.
///
/// # Errors
/// When the database refuses.
pub async fn find(on: impl Into<Conn<'_>>, id: AppId) -> Result<SandboxClock, StorageError> {
    Ok(find_row(on, id).await?.map_or_else(SandboxClock::default, |row| row.clock()))
}

async fn find_row(on: impl Into<Conn<'_>>, id: AppId) -> Result<Option<ClockRow>, StorageError> {
    const FIND: &str = "SELECT application_id, frozen_at_ms, ahead_ms FROM sandbox_clocks WHERE application_id = $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as(FIND).bind(id.to_string()).fetch_optional(conn).await)?)
}

/// Whether the clock of an application's sandbox was ever moved, so that what was made there may show any time.
pub(crate) async fn was_moved(on: impl Into<Conn<'_>>, id: AppId) -> Result<bool, StorageError> {
    Ok(find_row(on, id).await?.is_some())
}

/// The clock of an application's sandbox, which nobody else moves until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn lock(tx: &mut Tx, id: AppId, now_ms: i64) -> Result<SandboxClock, StorageError> {
    // An update locks the row on both databases; the first one of all makes it.
    const LOCK: &str = "INSERT INTO sandbox_clocks (application_id, frozen_at_ms, ahead_ms, updated_at_ms) \
        VALUES ($1, NULL, 0, $2) ON CONFLICT (application_id) DO UPDATE SET updated_at_ms = excluded.updated_at_ms \
        RETURNING application_id, frozen_at_ms, ahead_ms";
    let row: ClockRow =
        on!(tx, |conn| sqlx::query_as::<_, ClockRow>(LOCK).bind(id.to_string()).bind(now_ms).fetch_one(conn).await)?;
    Ok(row.clock())
}

macro_rules! move_waiting {
    ($table:literal) => {
        concat!(
            "UPDATE due_work SET due_at_ms = \
             CASE WHEN waiting.due_at_ms - $2 < $3 THEN $3 ELSE waiting.due_at_ms - $2 END FROM ",
            $table,
            " AS waiting WHERE waiting.id = due_work.object_id AND waiting.application_id = $1 \
             AND waiting.environment = 'sandbox' AND waiting.due_at_ms IS NOT NULL"
        )
    };
}

const MOVE_WAITING: [&str; 2] = [move_waiting!("payments"), move_waiting!("movements")];

/// Sets a clock that is locked, and the times at which workers look at what waits in its sandbox: as long
/// from now as by the clock, and not before now, so that nobody comes before those who waited longer.
///
/// # Errors
/// When the database refuses, or the clock was not locked.
pub async fn set(tx: &mut Tx, id: AppId, clock: SandboxClock, now_ms: i64) -> Result<(), StorageError> {
    const SET: &str = "UPDATE sandbox_clocks SET frozen_at_ms = $2, ahead_ms = $3, updated_at_ms = $4 \
        WHERE application_id = $1";
    let (frozen_at_ms, ahead_ms) = match clock {
        SandboxClock::Running { ahead_ms } => (None, ahead_ms),
        SandboxClock::Frozen { at_ms } => (Some(at_ms), 0),
    };
    let changed = on!(tx, |conn| affected(
        sqlx::query(SET).bind(id.to_string()).bind(frozen_at_ms).bind(ahead_ms).bind(now_ms).execute(conn).await
    ))?;
    if changed != 1 {
        return Err(StorageError::Stale { table: "sandbox_clocks" });
    }
    let distance_ms = clock.now_ms(now_ms).saturating_sub(now_ms);
    for sql in MOVE_WAITING {
        on!(tx, |conn| affected(
            sqlx::query(sql).bind(id.to_string()).bind(distance_ms).bind(now_ms).execute(conn).await
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::MOVE_WAITING;
    use crate::both_databases;

    both_databases! {
        async fn moved_clock_reads_only_what_waits(test: TestDb) {
            for (sql, index) in MOVE_WAITING.into_iter().zip(["payments_waiting", "movements_waiting"]) {
                let plan = test.plan(&sql.replace("$1", "'app'").replace("$2", "1000").replace("$3", "1")).await;
                assert!(plan.contains(index), "{plan}");
                assert!(["SCAN", "Seq Scan", "_by_application", "_pkey on payments", "_pkey on movements"]
                    .into_iter().all(|other| !plan.contains(other)), "{plan}");
            }
        }
    }
}
