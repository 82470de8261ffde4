//! Bodies: the one that a call sends, and what comes back under each status.

use serde_json::Value;

use super::{field::Field, schema};

/// The media type of refusals (RFC 9457).
const PROBLEM_JSON: &str = "application/problem+json";

/// What a call sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) media_type: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) example: String,
    /// The language that the example is coloured as.
    pub(crate) example_language: &'static str,
}

/// What comes back under one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) description: String,
    pub(crate) media_type: String,
    pub(crate) headers: Vec<Field>,
    pub(crate) fields: Vec<Field>,
    pub(crate) example: String,
}

impl Body {
    pub(super) fn read(document: &Value, source: &Value) -> Option<Self> {
        let (media_type, content) = schema::members(&source["content"]).next()?;
        let mut fields = schema::fields(document, &content["schema"]);
        // The fields without which a call is refused come first.
        fields.sort_by_key(|field| !field.required);
        let example = schema::example(document, &content["schema"]);
        let is_form = media_type == "application/x-www-form-urlencoded";
        Some(Self {
            example: if is_form { form(&example) } else { indented(&example) },
            example_language: if is_form { "text" } else { "json" },
            media_type: media_type.clone(),
            fields,
        })
    }
}

impl Answer {
    pub(super) fn read(document: &Value, status: &str, source: &Value) -> Option<Self> {
        let content = schema::members(&source["content"]).next();
        let body = content.map_or(&Value::Null, |(_, content)| &content["schema"]);
        let headers = schema::members(&source["headers"])
            .map(|(name, header)| Field::of_parameter(document, name, header))
            .collect();
        Some(Self {
            status: status.parse().ok()?,
            description: schema::text(&source["description"]),
            media_type: content.map(|(media_type, _)| media_type.clone()).unwrap_or_default(),
            headers,
            fields: schema::fields(document, body),
            example: indented(&schema::example(document, body)),
        })
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the body is one of the refusals that have a page each.
    pub(crate) fn is_problem(&self) -> bool {
        self.media_type == PROBLEM_JSON
    }
}

fn indented(example: &Value) -> String {
    // A value always has a text.
    serde_json::to_string_pretty(example).unwrap_or_default()
}

/// A form's text. Examples of ours hold nothing that would have to be escaped but blanks and colons.
fn form(example: &Value) -> String {
    let pairs = schema::members(example).filter_map(|(name, value)| {
        let value = schema::example_text(value)?.replace(':', "%3A").replace(' ', "+");
        Some(format!("{name}={value}"))
    });
    pairs.collect::<Vec<_>>().join("&")
}
