//! `GET /v1/payments`

use axum::Json;
use axum::extract::State;
use tallyport_contract::list::ListPage;
use tallyport_contract::payment::Payment;
use tallyport_domain::ids::PaymentId;
use tallyport_service::payments::PaymentFilter;

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems};
use super::page::ListQuery;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState, read};

/// List payments
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/v1/payments",
    operation_id = "listPayments",
    tag = "Payments",
    params(
        ("limit" = Option<u32>, Query, description = "How many objects the page may have, 1 to 100; 20 when left out.", example = 20, minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before.", example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"),
        ("status" = Option<String>, Query, description = "Only those that stand so.", example = "captured"),
        ("order_id" = Option<String>, Query, description = "Only payments of this order.", example = "A-1001"),
        ("created_from" = Option<String>, Query, description = "Only those made at this time or later.", example = "2026-11-20T00:00:00.000Z"),
        ("created_before" = Option<String>, Query, description = "Only those made before this time.", example = "2026-11-21T00:00:00.000Z"),
    ),
    responses(
        (status = 200, description = "A page of the list.", body = ListPage<Payment>),
        ReadingProblems,
    ),
    security(("oauth" = ["payments:read"])),
    extensions(("x-error-codes" = json!(READING))),
)]
pub(super) async fn list_payments(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    query: ListQuery,
) -> Result<Json<ListPage<Payment>>, ApiError> {
    let filter = PaymentFilter {
        status: query.value("status")?,
        order_id: query.value("order_id")?,
        created_from_ms: read::time(query.text("created_from"), "created_from")?,
        created_before_ms: read::time(query.text("created_before"), "created_before")?,
    };
    let limit = query.limit()?;
    let before = query.value::<PaymentId>("cursor")?;
    let found = api.services.list_payments(&caller, &filter, before, limit + 1).await?;
    let page = ListPage::of(found, limit as usize, |payment| payment.asked.id.to_string());
    Ok(Json(page.map(|payment| Payment::of(&payment, api.services.public_url()))))
}
