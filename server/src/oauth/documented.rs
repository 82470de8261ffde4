//! What the documentation of every endpoint for clients has in common.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::{Ref, RefOr, Response, ResponseBuilder};

/// Refusals of a client, and problems that are nobody's refusal.
pub(super) struct ClientProblems;

/// The codes of those problems.
pub(super) const CLIENT_CODES: &[&str] = &["body_too_large", "internal", "unavailable", "timed_out"];

impl IntoResponses for ClientProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let refusal = ("TokenRefusal", "application/json");
        let problem = ("Problem", "application/problem+json");
        let list = [
            ("400", "The request is not one that the endpoint takes.", refusal),
            ("401", "The client did not show who it is.", refusal),
            ("413", "The body is too large.", problem),
            ("500", "Something broke on our side.", problem),
            ("503", "Try again after `Retry-After`.", problem),
        ];
        list.into_iter()
            .map(|(status, description, (schema, media_type))| {
                let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
                let response = ResponseBuilder::new().description(description).content(media_type, content).build();
                (status.to_owned(), RefOr::T(response))
            })
            .collect()
    }
}
