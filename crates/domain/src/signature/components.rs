//! Which parts of a message a signature can cover (RFC 9421 §2), and how each is spelled.
//!
//! A component keeps its identifier as received, because the base repeats it to the letter.

use sfv::{BareItem, key_ref};

use super::refusal::SignatureRefusal;
use super::structured::{Item, item_text};

/// A part of the message that is not a header field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derived {
    /// `@method`
    Method,
    /// `@authority`
    Authority,
    /// `@scheme`
    Scheme,
    /// `@target-uri`
    TargetUri,
    /// `@path`
    Path,
    /// `@query`
    Query,
    /// `@query-param`, with the percent-encoded name of the parameter.
    QueryParam(String),
    /// `@status`, of responses only.
    Status,
}

/// What a component takes its value from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A derived component.
    Derived(Derived),
    /// The header field of this lower-case name.
    Field(String),
}

/// A covered component.
#[derive(Debug, Clone)]
pub struct Component {
    source: Source,
    of_request: bool,
    identifier: Item,
}

impl Component {
    /// A derived component of the message itself, or a header field, by its plain name.
    ///
    /// # Errors
    /// When the name is unknown or cannot be covered.
    pub fn named(name: &str) -> Result<Self, SignatureRefusal> {
        let Ok(value) = sfv::StringRef::from_str(name) else {
            return Err(unsupported(name.to_owned(), "a component name is printable ASCII"));
        };
        Self::from_item(Item { value: value.into(), params: Vec::new() })
    }

    /// The same component of the request that a response answers (`;req`).
    #[must_use]
    pub fn of_request(mut self) -> Self {
        if !self.of_request {
            self.of_request = true;
            self.identifier.params.push((key_ref("req").to_owned(), BareItem::Boolean(true)));
        }
        self
    }

    /// What the value is taken from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Whether the value is taken from the related request.
    #[must_use]
    pub fn is_of_request(&self) -> bool {
        self.of_request
    }

    /// The identifier as the base spells it, such as `"@method";req`.
    #[must_use]
    pub fn identifier(&self) -> String {
        item_text(&self.identifier)
    }

    /// Whether this is the plain component of that name, without parameters.
    #[must_use]
    pub fn is_plain(&self, name: &str) -> bool {
        self.identifier.params.is_empty() && self.identifier.value.as_string().is_some_and(|text| text.as_str() == name)
    }

    /// Whether both mean the same value, in whatever order their parameters stand.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.source == other.source && self.of_request == other.of_request
    }

    pub(super) fn item(&self) -> &Item {
        &self.identifier
    }

    pub(super) fn from_item(identifier: Item) -> Result<Self, SignatureRefusal> {
        let refuse = |reason| Err(unsupported(item_text(&identifier), reason));
        let Some(name) = identifier.value.as_string().map(|text| text.as_str().to_owned()) else {
            return refuse("a component name is a string");
        };
        let mut of_request = false;
        let mut query_name = None;
        for (key, value) in &identifier.params {
            match (key.as_str(), value) {
                ("req", BareItem::Boolean(true)) => of_request = true,
                ("name", BareItem::String(text)) if name == "@query-param" => {
                    query_name = Some(text.as_str().to_owned());
                }
                ("sf" | "key", _) => {
                    return refuse("structured values are signed as sent: drop ;sf and ;key");
                }
                ("bs", _) => return refuse("byte sequences are not offered: drop ;bs"),
                ("tr", _) => return refuse("trailers are not offered: drop ;tr"),
                _ => return refuse("the component has an unknown parameter"),
            }
        }
        let source = match (name.as_str(), query_name) {
            ("@method", _) => Source::Derived(Derived::Method),
            ("@authority", _) => Source::Derived(Derived::Authority),
            ("@scheme", _) => Source::Derived(Derived::Scheme),
            ("@target-uri", _) => Source::Derived(Derived::TargetUri),
            ("@path", _) => Source::Derived(Derived::Path),
            ("@query", _) => Source::Derived(Derived::Query),
            ("@status", _) => Source::Derived(Derived::Status),
            ("@query-param", Some(query_name)) => Source::Derived(Derived::QueryParam(query_name)),
            ("@query-param", None) => return refuse("@query-param needs ;name"),
            (derived, _) if derived.starts_with('@') => {
                return refuse("there is no such derived component here");
            }
            (field, _) if is_field_name(field) => Source::Field(field.to_owned()),
            _ => return refuse("a field name is lower-case and has only token characters"),
        };
        Ok(Self { source, of_request, identifier })
    }
}

fn unsupported(component: String, reason: &'static str) -> SignatureRefusal {
    SignatureRefusal::ComponentUnsupported { component, reason }
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9') || b"!#$%&'*+-.^_`|~".contains(&byte))
}
