//! The table `fees`: what an application is charged in a currency.

use tallyport_domain::Currency;
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::on::{affected, on};
use crate::{Conn, StorageError, Tx};

#[derive(sqlx::FromRow)]
pub(crate) struct FeeRow {
    pub(crate) application_id: String,
    pub(crate) currency: String,
    pub(crate) basis_points: i64,
    pub(crate) fixed_minor: i64,
}

impl FeeRow {
    pub(crate) fn read(self) -> Result<((AppId, Currency), Fee), StorageError> {
        let row = RowOf { table: "fees", id: &self.application_id };
        let basis_points = u16::try_from(self.basis_points).map_err(|_| row.corrupt("basis_points"))?;
        let key = (row.parse("application_id", &self.application_id)?, row.parse("currency", &self.currency)?);
        Ok((key, Fee { basis_points, fixed_minor: self.fixed_minor }))
    }
}

/// What an application is charged, by currency.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>, application_id: AppId) -> Result<Vec<(Currency, Fee)>, StorageError> {
    const LIST: &str = "SELECT application_id, currency, basis_points, fixed_minor FROM fees \
        WHERE application_id = $1 ORDER BY currency";
    let mut conn = on.into();
    let id = application_id.to_string();
    let rows = on!(conn, |conn| sqlx::query_as::<_, FeeRow>(LIST).bind(&id).fetch_all(conn).await)?;
    rows.into_iter().map(|row| row.read().map(|((_, currency), fee)| (currency, fee))).collect()
}

/// Charges an application nothing more in a currency.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut Tx, application_id: AppId, currency: Currency) -> Result<(), StorageError> {
    const REMOVE: &str = "DELETE FROM fees WHERE application_id = $1 AND currency = $2";
    on!(tx, |conn| affected(
        sqlx::query(REMOVE).bind(application_id.to_string()).bind(currency.code()).execute(conn).await
    ))?;
    Ok(())
}

/// Puts a fee into force for payments that are made from now on.
///
/// # Errors
/// When the database refuses.
pub async fn set(
    tx: &mut Tx,
    application_id: AppId,
    currency: Currency,
    fee: Fee,
    now_ms: i64,
) -> Result<(), StorageError> {
    const SET: &str = "INSERT INTO fees (application_id, currency, basis_points, fixed_minor, updated_at_ms) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application_id, currency) DO UPDATE SET \
        basis_points = excluded.basis_points, fixed_minor = excluded.fixed_minor, updated_at_ms = excluded.updated_at_ms";
    on!(tx, |conn| affected(
        sqlx::query(SET)
            .bind(application_id.to_string())
            .bind(currency.code())
            .bind(i64::from(fee.basis_points))
            .bind(fee.fixed_minor)
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}
