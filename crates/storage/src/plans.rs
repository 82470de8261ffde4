//! The table `plans`, and which application has which.

use tallyport_domain::ids::{AppId, PlanId};
use tallyport_domain::plan::{CallLimits, Plan, Rate};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// What a plan of the same name stands in the way of, in [`StorageError::is_conflict_on`].
pub const NAME_IS_UNIQUE: &str = "plans(name)";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    reads_per_second: i64,
    reads_burst: i64,
    writes_per_second: i64,
    writes_burst: i64,
}

impl TryFrom<Row> for Plan {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "plans", id: &row.id };
        let number = |column, value: i64| u32::try_from(value).map_err(|_| stored.corrupt(column));
        let limits = CallLimits {
            reads: Rate {
                per_second: number("reads_per_second", row.reads_per_second)?,
                burst: number("reads_burst", row.reads_burst)?,
            },
            writes: Rate {
                per_second: number("writes_per_second", row.writes_per_second)?,
                burst: number("writes_burst", row.writes_burst)?,
            },
        };
        Ok(Self { id: stored.parse("id", &row.id)?, name: row.name, limits })
    }
}

/// Adds a plan.
///
/// # Errors
/// When the database refuses, among others because another plan has the name.
pub async fn insert(tx: &mut Tx, plan: &Plan, now_ms: i64) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO plans (id, name, reads_per_second, reads_burst, writes_per_second, \
        writes_burst, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(plan.id.to_string())
            .bind(&plan.name)
            .bind(i64::from(plan.limits.reads.per_second))
            .bind(i64::from(plan.limits.reads.burst))
            .bind(i64::from(plan.limits.writes.per_second))
            .bind(i64::from(plan.limits.writes.burst))
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Gives a plan another name and other limits. `false` when it is gone.
///
/// # Errors
/// When the database refuses, among others because another plan has the name.
pub async fn update(tx: &mut Tx, plan: &Plan) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE plans SET name = $2, reads_per_second = $3, reads_burst = $4, \
        writes_per_second = $5, writes_burst = $6 WHERE id = $1";
    let updated = on!(tx, |conn| affected(
        sqlx::query(UPDATE)
            .bind(plan.id.to_string())
            .bind(&plan.name)
            .bind(i64::from(plan.limits.reads.per_second))
            .bind(i64::from(plan.limits.reads.burst))
            .bind(i64::from(plan.limits.writes.per_second))
            .bind(i64::from(plan.limits.writes.burst))
            .execute(conn)
            .await
    ))?;
    Ok(updated == 1)
}

/// Takes a plan away.
///
/// # Errors
/// When the database refuses, among others because an application has it.
pub async fn delete(tx: &mut Tx, id: PlanId) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM plans WHERE id = $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(id.to_string()).execute(conn).await))?;
    Ok(())
}

/// All plans, by name. Their number is bounded where they are made.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>) -> Result<Vec<Plan>, StorageError> {
    const LIST: &str = "SELECT id, name, reads_per_second, reads_burst, writes_per_second, writes_burst \
        FROM plans ORDER BY lower(name), id";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many applications have each plan that any has.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn count_applications(on: impl Into<Conn<'_>>) -> Result<Vec<(PlanId, i64)>, StorageError> {
    const COUNT: &str = "SELECT plan_id, count(*) FROM applications WHERE plan_id IS NOT NULL GROUP BY plan_id";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, (String, i64)>(COUNT).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(id, count)| Ok((RowOf { table: "applications", id: &id }.parse("plan_id", &id)?, count)))
        .collect()
}

/// Which plan an application has.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_of_application(on: impl Into<Conn<'_>>, id: AppId) -> Result<Option<PlanId>, StorageError> {
    const FIND: &str = "SELECT plan_id FROM applications WHERE id = $1";
    let mut conn = on.into();
    let found = on!(conn, |conn| sqlx::query_scalar::<_, Option<String>>(FIND)
        .bind(id.to_string())
        .fetch_optional(conn)
        .await)?;
    found.flatten().map(|plan| RowOf { table: "applications", id: &id }.parse("plan_id", &plan)).transpose()
}

/// Gives an application a plan, or takes it away. `false` when there is no such application.
///
/// # Errors
/// When the database refuses.
pub async fn set_of_application(tx: &mut Tx, id: AppId, plan: Option<PlanId>) -> Result<bool, StorageError> {
    const SET: &str = "UPDATE applications SET plan_id = $2 WHERE id = $1";
    let plan = plan.map(|plan| plan.to_string());
    Ok(on!(tx, |conn| affected(sqlx::query(SET).bind(id.to_string()).bind(plan).execute(conn).await))? == 1)
}
