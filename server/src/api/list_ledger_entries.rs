//! `GET /v1/ledger_entries`

use axum::Json;
use axum::extract::State;
use tallyport_contract::ledger_entry::LedgerEntry;
use tallyport_contract::list::ListPage;
use tallyport_contract::time::rfc3339;
use tallyport_domain::ids::EntryId;
use tallyport_domain::ledger::AccountPurpose;

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems, codes};
use super::page::ListQuery;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState, read};

/// List ledger entries
///
/// Every change of your balance in one currency with the balance after it, newest first.
#[utoipa::path(
    get,
    path = "/v1/ledger_entries",
    operation_id = "listLedgerEntries",
    tag = "Balances",
    params(
        ("currency" = String, Query, description = "The currency of the balance.", example = "USD"),
        ("purpose" = Option<String>, Query, description = "`available` when left out, or `reserved`.", example = "available"),
        ("limit" = Option<u32>, Query, description = "How many objects the page may have, 1 to 100; 20 when left out.", example = 20, minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before.", example = "42"),
    ),
    responses(
        (status = 200, description = "A page of the list.", body = ListPage<LedgerEntry>),
        ReadingProblems,
    ),
    security(("oauth" = ["accounts:read"])),
    extensions(("x-error-codes" = json!(codes(&[READING, &["parameter_missing"]])))),
)]
pub(super) async fn list_ledger_entries(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    query: ListQuery,
) -> Result<Json<ListPage<LedgerEntry>>, ApiError> {
    let currency = query.value("currency")?.ok_or_else(|| read::missing("currency"))?;
    let purpose = query.one_of("purpose", &AccountPurpose::OF_APPLICATIONS)?.unwrap_or(AccountPurpose::Available);
    let limit = query.limit()?;
    let before = query.value("cursor")?;
    let found = api.services.list_account_lines(&caller, currency, purpose, before, limit + 1).await?;
    let Some((account, lines)) = found else {
        return Ok(Json(ListPage::of(Vec::new(), limit as usize, |entry: &LedgerEntry| entry.sequence.to_string())));
    };
    let page = ListPage::of(lines, limit as usize, |line| line.sequence.to_string());
    Ok(Json(page.map(|line| LedgerEntry {
        id: EntryId::of(line.posting_id, account.id).to_string(),
        object: "ledger_entry".to_owned(),
        environment: caller.environment.to_string(),
        account_id: account.id.to_string(),
        posting_id: line.posting_id.to_string(),
        sequence: line.sequence,
        rule: line.rule.as_str().to_owned(),
        object_id: line.object_id.to_string(),
        amount: line.amount.amount(),
        currency: currency.code().to_owned(),
        balance_after: line.balance_after.amount(),
        created_at: rfc3339(line.created_at_ms),
    })))
}
