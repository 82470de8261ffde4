//! `GET /v1/balances`

use axum::Json;
use axum::extract::State;
use tallyport_contract::balance::Balance;
use tallyport_contract::list::ListPage;
use tallyport_contract::time::rfc3339;
use tallyport_domain::ledger::AccountPurpose;
use tallyport_service::ledger::AccountRecord;

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems};
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// List balances
///
/// What you have, one object per currency. A currency appears with the first money in it.
#[utoipa::path(
    get,
    path = "/v1/balances",
    operation_id = "listBalances",
    tag = "Balances",
    responses(
        (status = 200, description = "All balances, in one page.", body = ListPage<Balance>),
        ReadingProblems,
    ),
    security(("oauth" = ["accounts:read"])),
    extensions(("x-error-codes" = json!(READING))),
)]
pub(super) async fn list_balances(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
) -> Result<Json<ListPage<Balance>>, ApiError> {
    let accounts = api.services.list_accounts(&caller).await?;
    let available = accounts.iter().filter(|account| account.purpose == AccountPurpose::Available);
    let balances: Vec<Balance> =
        available.map(|account| balance(account, &accounts, caller.environment.as_str())).collect();
    let count = balances.len();
    Ok(Json(ListPage::of(balances, count, |balance| balance.id.clone())))
}

fn balance(available: &AccountRecord, all: &[AccountRecord], environment: &str) -> Balance {
    let currency = available.balance.currency();
    let reserved =
        all.iter().find(|other| other.purpose == AccountPurpose::Reserved && other.balance.currency() == currency);
    let nothing = tallyport_domain::Money::from_minor(0, currency);
    Balance {
        id: available.id.to_string(),
        object: "balance".to_owned(),
        environment: environment.to_owned(),
        currency: currency.code().to_owned(),
        available: available.balance.amount(),
        reserved: reserved.map_or(nothing, |account| account.balance).amount(),
        created_at: rfc3339(available.created_at_ms),
    }
}
