//! The table `fee_plans`: what an application is charged in a currency.

use std::collections::HashMap;

use tallyport_domain::Currency;
use tallyport_domain::fee::FeePlan;
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::on::{affected, on};
use crate::rows::select_by_keys;
use crate::{StorageError, Tx};

#[derive(sqlx::FromRow)]
struct Row {
    application_id: String,
    currency: String,
    basis_points: i64,
    fixed_minor: i64,
}

/// The plans in force for these applications and currencies; free where there is none.
pub(crate) async fn load(
    tx: &mut Tx,
    wanted: &[(AppId, Currency)],
) -> Result<HashMap<(AppId, Currency), FeePlan>, StorageError> {
    let rows = select_by_keys!(
        tx,
        wanted,
        Row,
        "WITH wanted (application_id, currency) AS (VALUES {}) \
         SELECT plan.application_id, plan.currency, plan.basis_points, plan.fixed_minor \
         FROM wanted CROSS JOIN fee_plans AS plan \
         WHERE plan.application_id = wanted.application_id AND plan.currency = wanted.currency",
        |wanted| [wanted.0.to_string(), wanted.1.code()]
    )
    .await?;
    let read = |found: Row| {
        let row = RowOf { table: "fee_plans", id: &found.application_id };
        let basis_points = u16::try_from(found.basis_points).map_err(|_| row.corrupt("basis_points"))?;
        let key = (row.parse("application_id", &found.application_id)?, row.parse("currency", &found.currency)?);
        Ok((key, FeePlan { basis_points, fixed_minor: found.fixed_minor }))
    };
    rows.into_iter().map(read).collect()
}

/// Puts a plan into force for payments that are made from now on.
///
/// # Errors
/// When the database refuses.
pub async fn set(
    tx: &mut Tx,
    application_id: AppId,
    currency: Currency,
    plan: FeePlan,
    now_ms: i64,
) -> Result<(), StorageError> {
    const SET: &str = "INSERT INTO fee_plans (application_id, currency, basis_points, fixed_minor, updated_at_ms) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application_id, currency) DO UPDATE SET \
        basis_points = excluded.basis_points, fixed_minor = excluded.fixed_minor, updated_at_ms = excluded.updated_at_ms";
    on!(tx, |conn| affected(
        sqlx::query(SET)
            .bind(application_id.to_string())
            .bind(currency.code())
            .bind(i64::from(plan.basis_points))
            .bind(plan.fixed_minor)
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}
