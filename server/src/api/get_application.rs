//! `GET /v1/application`

use axum::Json;
use axum::extract::State;
use tallyport_contract::application::Application;
use tallyport_contract::time::rfc3339;
use tallyport_domain::plan::CallLimits;
use tallyport_service::plans::LimitsInForce;

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems};
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// Get the application
///
/// Who you are here: the application behind the token, what the token allows, and how often you may
/// call. Needs no scope; a good first call.
#[utoipa::path(
    get,
    path = "/v1/application",
    operation_id = "getApplication",
    tag = "Application",
    responses(
        (status = 200, description = "The application.", body = Application),
        ReadingProblems,
    ),
    security(("oauth" = [])),
    extensions(("x-error-codes" = json!(READING))),
)]
pub(super) async fn get_application(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
) -> Result<Json<Application>, ApiError> {
    let application = api.services.calling_application(&caller).await?;
    let LimitsInForce { plan, limits: CallLimits { reads, writes } } = api.services.limits_in_force(&caller).await?;
    Ok(Json(Application {
        id: application.id.to_string(),
        object: "application".to_owned(),
        environment: caller.environment.as_str().to_owned(),
        created_at: rfc3339(application.created_at_ms),
        name: application.name,
        api_key: caller.api_key.to_string(),
        scopes: caller.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
        networks: application.networks.to_string().lines().map(str::to_owned).collect(),
        plan,
        reads_per_second: reads.per_second,
        reads_burst: reads.burst,
        writes_per_second: writes.per_second,
        writes_burst: writes.burst,
    }))
}
