//! The query of a list: `limit`, `cursor` and the list's own filters, read as strictly as a body.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use http::request::Parts;
use tallyport_contract::list::{LIMIT_DEFAULT, LIMIT_MAX};
use tallyport_contract::{ErrorCode, Text};

use super::{ApiError, ApiState};

/// The names and values of a query, each name once.
#[derive(Debug)]
pub(super) struct ListQuery(Vec<(String, String)>);

impl FromRequestParts<ApiState> for ListQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, ApiError> {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) else {
            return Err(ErrorCode::ParameterInvalid.into());
        };
        for (position, (name, _)) in pairs.iter().enumerate() {
            if pairs[..position].iter().any(|(before, _)| before == name) {
                let detail = Text::new("This parameter is given twice.", "这个参数出现了两次。");
                return Err(ApiError::of_param(ErrorCode::ParameterInvalid, name, detail));
            }
        }
        Ok(Self(pairs))
    }
}

impl ListQuery {
    /// Refuses parameters that the list does not know.
    pub(super) fn knows(&self, filters: &[&str]) -> Result<(), ApiError> {
        let is_known = |name: &str| matches!(name, "limit" | "cursor") || filters.contains(&name);
        match self.0.iter().find(|(name, _)| !is_known(name)) {
            None => Ok(()),
            Some((name, _)) => {
                let detail = Text::new("This parameter is not known here.", "此处没有这个参数。");
                Err(ApiError::of_param(ErrorCode::ParameterUnknown, name, detail))
            }
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of a type of its own.
    pub(super) fn value<T: FromStr>(&self, name: &str) -> Result<Option<T>, ApiError> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    let detail = Text::new("This value is not allowed here.", "此处不能使用这个值。");
                    ApiError::of_param(ErrorCode::ParameterInvalid, name, detail)
                })
            })
            .transpose()
    }

    /// How many objects the page may have.
    pub(super) fn limit(&self) -> Result<u32, ApiError> {
        let limit = self.value("limit")?.unwrap_or(LIMIT_DEFAULT);
        if (1..=LIMIT_MAX).contains(&limit) {
            return Ok(limit);
        }
        let detail =
            Text::made(format!("A page has 1 to {LIMIT_MAX} objects."), format!("每页为 1 至 {LIMIT_MAX} 个对象。"));
        Err(ApiError::of_param(ErrorCode::ParameterInvalid, "limit", detail))
    }
}
