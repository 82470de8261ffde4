//! What the documentation of every operation has in common: the problems that it may answer with, and
//! their codes.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::{Ref, RefOr, Response, ResponseBuilder};

/// Problems of a call that moves money.
pub(super) struct MovingProblems;
/// Problems of a call that reads.
pub(super) struct ReadingProblems;

const UNAUTHENTICATED: (&str, &str) = ("401", "Token or signature are missing or not valid.");
const FORBIDDEN: (&str, &str) = ("403", "The token lacks the scope that this call needs.");
const UNSEALABLE: (&str, &str) = ("406", "No key is registered that the answer could be encrypted to.");
const TOO_MANY: (&str, &str) = ("429", "Too many calls; come back after `Retry-After`.");
const BROKEN: (&str, &str) = ("500", "Something broke on our side.");
const BUSY: (&str, &str) = ("503", "Nothing was done; try again after `Retry-After`.");

/// Codes of every call that moves money; each operation adds none of its own.
pub(super) const MOVING_CODES: &[&str] = &[
    "body_malformed",
    "parameter_unknown",
    "parameter_missing",
    "parameter_invalid",
    "card_number_refused",
    "amount_invalid",
    "currency_unknown",
    "method_unknown",
    "idempotency_key_missing",
    "idempotency_key_invalid",
    "authentication_required",
    "token_invalid",
    "signature_missing",
    "signature_invalid",
    "scope_missing",
    "network_not_allowed",
    "not_found",
    "account_unknown",
    "currency_mismatch",
    "channel_unavailable",
    "channel_down",
    "idempotency_in_progress",
    "order_in_progress",
    "order_already_paid",
    "state_conflict",
    "amount_exceeds_remaining",
    "balance_insufficient",
    "account_limit_reached",
    "body_too_large",
    "media_type_unsupported",
    "encryption_invalid",
    "encryption_key_missing",
    "idempotency_key_reused",
    "rate_limited",
    "operation_off",
    "internal",
    "overloaded",
    "unavailable",
    "timed_out",
];

/// Codes of every call that reads.
pub(super) const READING_CODES: &[&str] = &[
    "parameter_unknown",
    "parameter_invalid",
    "authentication_required",
    "token_invalid",
    "signature_invalid",
    "scope_missing",
    "network_not_allowed",
    "not_found",
    "encryption_key_missing",
    "rate_limited",
    "operation_off",
    "internal",
    "unavailable",
    "timed_out",
];

impl IntoResponses for MovingProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "A field is missing or not allowed."),
            UNAUTHENTICATED,
            FORBIDDEN,
            ("404", "There is no such object here."),
            UNSEALABLE,
            ("409", "State, balance or an earlier call do not allow it; nothing was done."),
            ("413", "The body is too large."),
            ("415", "The body is neither `application/json` nor `application/jose`."),
            ("422", "The key came with another body before; `differs` names the fields."),
            TOO_MANY,
            ("500", "Something broke; the same key makes it safe to repeat the call."),
            BUSY,
        ])
    }
}

impl IntoResponses for ReadingProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "A parameter is not allowed."),
            UNAUTHENTICATED,
            FORBIDDEN,
            ("404", "There is no such object here."),
            UNSEALABLE,
            TOO_MANY,
            BROKEN,
            BUSY,
        ])
    }
}

fn problems(list: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let problem = |description: &str| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
        RefOr::T(response.build())
    };
    list.iter().map(|(status, description)| ((*status).to_owned(), problem(description))).collect()
}
