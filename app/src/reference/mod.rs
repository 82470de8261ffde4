//! The API reference: the OpenAPI document, read once into what its pages show.
//!
//! The document is the only source of what the API takes and answers; nothing here knows an
//! operation by name except the samples. Its texts are English; their Chinese is in `i18n`.

mod answer;
mod field;
mod form_samples;
mod operation;
pub(crate) mod samples;
mod schema;

use std::{fmt, sync::Arc};

use serde_json::Value;
use tallyport_contract::language::Language;

use crate::i18n::reference_texts;
pub(crate) use answer::Answer;
pub(crate) use field::{Constraint, Field};
pub(crate) use operation::{Demands, Operation, find_code};

/// The methods that an OpenAPI path item may have.
const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/// Every operation of the open API, in the order of the document's tags. Cheap to clone.
#[derive(Clone, Default)]
pub struct ApiReference(Arc<Vec<Group>>);

/// The operations about one kind of thing.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) operations: Vec<Operation>,
}

/// The text is not an OpenAPI document that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidReference(String);

impl fmt::Display for InvalidReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for InvalidReference {}

impl fmt::Debug for ApiReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.operations().map(|operation| &operation.id)).finish()
    }
}

impl ApiReference {
    /// Reads an OpenAPI 3.1 document.
    ///
    /// # Errors
    /// When the text is no JSON, or an operation has no name.
    pub fn read(document: &str) -> Result<Self, InvalidReference> {
        let document: Value = serde_json::from_str(document).map_err(|error| InvalidReference(error.to_string()))?;
        let mut groups: Vec<Group> = schema::items(&document["tags"])
            .map(|tag| Group {
                name: schema::text(&tag["name"]),
                description: schema::text(&tag["description"]),
                operations: Vec::new(),
            })
            .collect();
        for (path, item) in schema::members(&document["paths"]) {
            for (method, source) in schema::members(item) {
                if METHODS.contains(&method.as_str()) {
                    let operation = Operation::read(&document, method, path, source)?;
                    group_of(&mut groups, &operation.tag).operations.push(operation);
                }
            }
        }
        groups.retain(|group| !group.operations.is_empty());
        Ok(Self(Arc::new(groups)))
    }

    /// The names of all operations, as they stand in the addresses of their pages.
    pub fn operation_ids(&self) -> impl Iterator<Item = &str> {
        self.operations().map(|operation| operation.id.as_str())
    }

    /// Texts of the document that exist in English alone.
    #[must_use]
    pub fn untranslated(&self) -> Vec<&str> {
        self.texts().into_iter().filter(|text| reference_texts::in_chinese(text).is_none()).collect()
    }

    /// Chinese texts whose English is no longer in the document.
    #[must_use]
    pub fn stale_translations(&self) -> Vec<&'static str> {
        let texts = self.texts();
        reference_texts::all().map(|(english, _)| english).filter(|english| !texts.contains(english)).collect()
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.0
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.0.iter().flat_map(|group| &group.operations)
    }

    /// The operation of that name.
    pub(crate) fn find(&self, id: &str) -> Option<&Operation> {
        self.operations().find(|operation| operation.id == id)
    }

    /// Everything that a reader gets to read.
    fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        for group in self.groups() {
            texts.extend([group.name.as_str(), group.description.as_str()]);
            for operation in &group.operations {
                operation.collect_texts(&mut texts);
            }
        }
        texts.retain(|text| !text.is_empty());
        texts
    }
}

/// A text of the document in the reader's language; English where there is no other.
pub(crate) fn said(english: &str, language: Language) -> String {
    match language {
        Language::En => english.to_owned(),
        Language::Zh => reference_texts::in_chinese(english).unwrap_or(english).to_owned(),
    }
}

/// A tag that the document does not describe still gets its group.
fn group_of<'a>(groups: &'a mut Vec<Group>, name: &str) -> &'a mut Group {
    let index = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
        groups.push(Group { name: name.to_owned(), description: String::new(), operations: Vec::new() });
        groups.len() - 1
    });
    &mut groups[index]
}

#[cfg(test)]
mod tests {
    use super::ApiReference;

    const DOCUMENT: &str = r##"{
        "tags": [{"name": "Second"}, {"name": "First", "description": "About first things."}],
        "paths": {
            "/v1/first/{id}": {"get": {"operationId": "getFirst", "tags": ["First"], "summary": "Get",
                "parameters": [{"name": "id", "in": "path", "required": true, "description": "Its id."}]}},
            "/v1/other": {"post": {"operationId": "makeOther", "tags": ["Unlisted"]}}
        }
    }"##;

    #[test]
    fn operations_stand_under_their_tags_and_empty_tags_are_left_out() {
        let reference = ApiReference::read(DOCUMENT).expect("a document");
        let names: Vec<&str> = reference.groups().iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["First", "Unlisted"]);
        assert_eq!(reference.operation_ids().collect::<Vec<_>>(), ["getFirst", "makeOther"]);
    }

    #[test]
    fn every_text_without_chinese_is_reported() {
        let reference = ApiReference::read(DOCUMENT).expect("a document");
        let missing = reference.untranslated();
        assert!(missing.contains(&"Unlisted") && missing.contains(&"About first things."), "{missing:?}");
    }

    #[test]
    fn an_operation_without_a_name_is_refused() {
        assert!(ApiReference::read(r#"{"paths": {"/x": {"get": {}}}}"#).is_err());
        assert!(ApiReference::read("not json").is_err());
    }
}
