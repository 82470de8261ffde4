//! Operations that an administrator turned off are refused before anything of the call is looked at.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::Method;
use tallyport_contract::{ErrorCode, Text};
use tallyport_domain::Language;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

use super::{ApiError, ApiState};

/// When to ask again: somebody has to turn it on, which nobody can foretell.
const WAIT: Duration = Duration::from_secs(60);

/// The operations' names in the document, by path and method.
#[derive(Clone)]
pub(super) struct Names(Arc<HashMap<(String, Method), String>>);

impl Names {
    pub(super) fn of(document: &OpenApi) -> Self {
        let mut names = HashMap::new();
        for (path, item) in &document.paths.paths {
            for (method, name) in named(item) {
                names.insert((path.clone(), method), name);
            }
        }
        Self(Arc::new(names))
    }

    /// The operation that a request asks for. One without a body is asked for by its headers, too.
    fn find(&self, path: &str, method: &Method) -> Option<&str> {
        let method = if method == Method::HEAD { Method::GET } else { method.clone() };
        self.0.get(&(path.to_owned(), method)).map(String::as_str)
    }
}

fn named(item: &PathItem) -> impl Iterator<Item = (Method, String)> {
    let methods = [(Method::GET, &item.get), (Method::POST, &item.post), (Method::DELETE, &item.delete)];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?.operation_id.clone()?)))
}

/// The layer. It stands inside the one that writes problem documents, around the handlers.
pub(super) async fn around(
    State((api, names)): State<(ApiState, Names)>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let name = path.as_ref().and_then(|path| names.find(path.as_str(), request.method()));
    match refusal(&api, name).await {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn refusal(api: &ApiState, name: Option<&str>) -> Result<(), ApiError> {
    let Some(name) = name else { return Ok(()) };
    let all = api.services.switched_off().await?;
    let Some(off) = all.get(name) else { return Ok(()) };
    let told = |language| off.reason.text_in(language).to_owned();
    let detail = Text::made(told(Language::En), told(Language::Zh));
    Err(ApiError { detail: Some(detail), wait: Some(WAIT), ..ErrorCode::OperationOff.into() })
}
