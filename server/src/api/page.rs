//! The query of a list: `limit`, `cursor` and the list's own filters, read as strictly as a body. That it has no
//! other names is checked where the call's signature is.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use http::Uri;
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
        pairs(&parts.uri).map(Self)
    }
}

/// The names and values of a query. A name that is given twice is refused.
pub(super) fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, ApiError> {
    let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
        return Err(ErrorCode::ParameterInvalid.into());
    };
    for (position, (name, _)) in pairs.iter().enumerate() {
        if pairs[..position].iter().any(|(before, _)| before == name) {
            let detail = Text::new("This parameter is given twice.", "这个参数出现了两次。");
            return Err(ApiError::of_param(ErrorCode::ParameterInvalid, name, detail));
        }
    }
    Ok(pairs)
}

fn not_allowed(name: &str) -> ApiError {
    let detail = Text::new("This value is not allowed here.", "此处不能使用这个值。");
    ApiError::of_param(ErrorCode::ParameterInvalid, name, detail)
}

impl ListQuery {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of a type of its own.
    pub(super) fn value<T: FromStr>(&self, name: &str) -> Result<Option<T>, ApiError> {
        self.text(name).map(|text| text.parse().map_err(|_| not_allowed(name))).transpose()
    }

    /// A parameter of which the list takes some values only.
    pub(super) fn one_of<T: FromStr + PartialEq>(&self, name: &str, allowed: &[T]) -> Result<Option<T>, ApiError> {
        match self.value(name)? {
            Some(value) if !allowed.contains(&value) => Err(not_allowed(name)),
            value => Ok(value),
        }
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
