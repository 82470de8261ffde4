//! A query is read as strictly as a body: what the operation does not know is refused. The document says what it
//! knows, so that nothing is taken that is not described.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::MatchedPath;
use http::request::Parts;
use tallyport_contract::{ErrorCode, Text};
use tallyport_domain::card_number;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn};

use super::ApiError;
use super::page::pairs;

/// Method and path of an operation.
type Place = (&'static str, String);

/// The names that an operation's query may have.
static KNOWN: LazyLock<HashMap<Place, Vec<String>>> = LazyLock::new(|| {
    let paths = super::document().paths.paths.iter();
    paths
        .flat_map(|(path, item)| {
            let operations = [("GET", &item.get), ("POST", &item.post)];
            operations.map(|(method, operation)| ((method, path.clone()), operation.as_ref().map(names)))
        })
        .filter_map(|(place, names)| Some((place, names?)))
        .collect()
});

fn names(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter().flatten();
    parameters
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name.clone()),
            _ => None,
        })
        .collect()
}

/// Refuses a call whose query has a name twice, or one that the operation does not know, or the number of a card.
pub(super) fn check(parts: &Parts) -> Result<(), ApiError> {
    let given = pairs(&parts.uri)?;
    if given.is_empty() {
        return Ok(());
    }
    if given.iter().any(|(name, value)| card_number::is_in(name) || card_number::is_in(value)) {
        return Err(ErrorCode::CardNumberRefused.into());
    }
    // One without a body is asked for by its headers, too.
    let method = if parts.method == http::Method::POST { "POST" } else { "GET" };
    let path = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let known = KNOWN.get(&(method, path)).map(Vec::as_slice).unwrap_or_default();
    match given.iter().find(|(name, _)| !known.contains(name)) {
        None => Ok(()),
        Some((name, _)) => {
            let detail = Text::new("This parameter is not known here.", "此处没有这个参数。");
            Err(ApiError::of_param(ErrorCode::ParameterUnknown, name, detail))
        }
    }
}
