//! A page of movements of one kind.

use axum::Json;
use tallyport_contract::list::ListPage;
use tallyport_contract::movement::AnyMovement;
use tallyport_domain::ids::ObjectId;
use tallyport_service::Caller;
use tallyport_service::movements::MovementFilter;

use super::{ApiError, ApiState};

pub(super) async fn read(
    api: &ApiState,
    caller: &Caller,
    filter: MovementFilter,
    before: Option<ObjectId>,
    limit: u32,
) -> Result<Json<ListPage<AnyMovement>>, ApiError> {
    let found = api.services.list_movements(caller, filter, before, limit + 1).await?;
    let page = ListPage::of(found, limit as usize, |movement| movement.id.to_string());
    Ok(Json(page.map(|movement| AnyMovement::from(&movement))))
}
