//! What the documentation of operations has in common: the problems that they may answer with, and their codes.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::{Ref, RefOr, Response, ResponseBuilder};

/// Problems of a call that reads.
pub(super) struct ReadingProblems;
/// Problems of a call that reads one object, which may not be there.
pub(super) struct FindingProblems;
/// Problems of a call that changes something.
pub(super) struct ChangingProblems;
/// Problems of a call that moves money, beyond those of every call that changes something.
pub(super) struct MovingProblems;

const MISSING: (&str, &str) = ("404", "There is no such object here.");
/// Problems of every call.
const COMMON: [(&str, &str); 5] = [
    ("401", "Token or signature are missing or not valid."),
    ("403", "The token lacks the scope that this call needs."),
    ("406", "No key is registered that the answer could be encrypted to."),
    ("429", "Too many calls; come back after `Retry-After`."),
    (
        "503",
        "Not answered; `code` says whether anything was done. Try again after `Retry-After`, with the same idempotency key where there is one.",
    ),
];

/// Codes of every call that reads.
pub(super) const READING: &[&str] = &[
    "parameter_unknown",
    "parameter_invalid",
    "card_number_refused",
    "authentication_required",
    "token_invalid",
    "signature_invalid",
    "scope_missing",
    "network_not_allowed",
    "encryption_key_missing",
    "rate_limited",
    "operation_off",
    "internal",
    "overloaded",
    "unavailable",
    "timed_out",
];

/// Codes of every call that changes something.
pub(super) const CHANGING: &[&str] = &[
    "body_malformed",
    "parameter_unknown",
    "parameter_invalid",
    "card_number_refused",
    "authentication_required",
    "token_invalid",
    "signature_missing",
    "signature_invalid",
    "scope_missing",
    "network_not_allowed",
    "encryption_key_missing",
    "body_too_large",
    "media_type_unsupported",
    "encryption_invalid",
    "rate_limited",
    "operation_off",
    "internal",
    "overloaded",
    "unavailable",
    "timed_out",
];

/// Codes of every call that moves money, beyond those of every call that changes something.
pub(super) const MOVING: &[&str] =
    &["idempotency_key_missing", "idempotency_key_invalid", "idempotency_in_progress", "idempotency_key_reused"];

/// Codes of a call whose body holds an amount.
pub(super) const AMOUNT: &[&str] = &["parameter_missing", "amount_invalid", "currency_unknown"];

/// The codes of an operation: those of several groups, and its own.
pub(super) fn codes(groups: &[&[&'static str]]) -> Vec<&'static str> {
    groups.concat()
}

impl IntoResponses for ReadingProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("400", "A parameter is not allowed."), ("500", "Something broke on our side.")])
    }
}

impl IntoResponses for FindingProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut problems = ReadingProblems::responses();
        problems.extend([problem(MISSING)]);
        problems
    }
}

impl IntoResponses for ChangingProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "A field is missing or not allowed."),
            ("413", "The body is too large."),
            ("415", "The body is neither `application/json` nor `application/jose`."),
            ("500", "Something broke on our side."),
        ])
    }
}

impl IntoResponses for MovingProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut problems = ChangingProblems::responses();
        problems.extend(
            [
                ("409", "State, balance or an earlier call do not allow it; nothing was done."),
                ("422", "The key came with another body before; `differs` names the fields."),
                ("500", "Something broke; the same key makes it safe to repeat the call."),
            ]
            .map(problem),
        );
        problems
    }
}

fn problems(own: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    COMMON.iter().chain(own).copied().map(problem).collect()
}

fn problem((status, description): (&str, &str)) -> (String, RefOr<Response>) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
    (status.to_owned(), RefOr::T(response.build()))
}
