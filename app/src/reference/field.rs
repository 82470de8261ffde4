//! One thing that a call carries or an answer holds.

use serde_json::Value;

use super::schema;

/// A parameter, a member of a body, or a header of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// The type, such as `string` or `string | null`.
    pub(crate) kind: String,
    pub(crate) required: bool,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) description: String,
    pub(crate) example: Option<String>,
}

/// What a value has to fulfil beyond its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Constraint {
    /// So many characters.
    Length { min: Option<i64>, max: Option<i64> },
    /// A number between these.
    Range { min: Option<i64>, max: Option<i64> },
    /// A text of this regular expression.
    Pattern(String),
    /// One of these.
    OneOf(Vec<String>),
    /// A time as RFC 3339 writes it.
    Moment,
}

impl Field {
    /// A parameter of an operation, or a header of an answer under its name.
    pub(super) fn of_parameter(document: &Value, name: &str, source: &Value) -> Self {
        let inner = schema::resolved(document, &source["schema"]);
        let example = if source["example"].is_null() { &inner["example"] } else { &source["example"] };
        Self {
            name: name.to_owned(),
            kind: schema::kind(document, &source["schema"]),
            required: source["required"] == true,
            constraints: schema::constraints(inner),
            description: schema::text(&source["description"]),
            example: schema::example_text(example),
        }
    }
}
