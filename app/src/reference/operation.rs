//! One operation of the API.

use serde_json::Value;
use tallyport_contract::ErrorCode;

use super::{
    InvalidReference,
    answer::{Answer, Body},
    field::Field,
    schema,
};

/// A method on a path, with all that its page says about it.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The stable name, which is also the last part of its page's address.
    pub(crate) id: String,
    pub(crate) tag: String,
    /// In capital letters.
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) path_parameters: Vec<Field>,
    pub(crate) query_parameters: Vec<Field>,
    pub(crate) header_parameters: Vec<Field>,
    pub(crate) body: Option<Body>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) demands: Demands,
    pub(crate) error_codes: Vec<ErrorCode>,
}

/// What a caller has to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demands {
    /// An access token with these scopes.
    pub(crate) scopes: Option<Vec<String>>,
    /// A signature.
    pub(crate) signature: bool,
    /// `api_key` and `api_secret` by HTTP Basic.
    pub(crate) client: bool,
}

impl Operation {
    pub(super) fn read(document: &Value, method: &str, path: &str, source: &Value) -> Result<Self, InvalidReference> {
        let id = source["operationId"].as_str();
        let id = id.ok_or_else(|| InvalidReference(format!("{method} {path} has no operationId")))?;
        let parameters = |place: &str| -> Vec<Field> {
            schema::items(&source["parameters"])
                .filter(|parameter| parameter["in"] == place)
                .map(|parameter| Field::of_parameter(document, &schema::text(&parameter["name"]), parameter))
                .collect()
        };
        let answers =
            schema::members(&source["responses"]).filter_map(|(status, answer)| Answer::read(document, status, answer));
        let codes = schema::items(&source["x-error-codes"]).filter_map(Value::as_str);
        Ok(Self {
            id: id.to_owned(),
            tag: schema::text(&source["tags"][0]),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            summary: schema::text(&source["summary"]),
            description: schema::text(&source["description"]),
            path_parameters: parameters("path"),
            query_parameters: parameters("query"),
            header_parameters: parameters("header"),
            body: Body::read(document, &source["requestBody"]),
            answers: answers.collect(),
            demands: Demands::read(&source["security"]),
            error_codes: codes.filter_map(find_code).collect(),
        })
    }

    pub(crate) fn href(&self) -> String {
        format!("/docs/api/{}", self.id)
    }

    /// The codes that come with one status.
    pub(crate) fn codes_of(&self, status: u16) -> impl Iterator<Item = ErrorCode> + use<'_> {
        self.error_codes.iter().copied().filter(move |code| code.status() == status)
    }

    pub(super) fn collect_texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        texts.extend([self.summary.as_str(), self.description.as_str()]);
        let body = self.body.iter().flat_map(|body| &body.fields);
        let parameters = self.path_parameters.iter().chain(&self.query_parameters).chain(&self.header_parameters);
        texts.extend(parameters.chain(body).map(|field| field.description.as_str()));
        for answer in &self.answers {
            texts.push(&answer.description);
            let fields = answer.headers.iter().chain(&answer.fields);
            texts.extend(fields.map(|field| field.description.as_str()));
        }
    }
}

impl Demands {
    /// What the first alternative demands; the document has no operation with several.
    fn read(security: &Value) -> Self {
        let first = &security[0];
        let scopes = first["oauth"].as_array();
        let names = |scopes: &Vec<Value>| scopes.iter().map(schema::text).collect();
        Self { scopes: scopes.map(names), signature: !first["signature"].is_null(), client: !first["client"].is_null() }
    }
}

/// The code of the table with this text.
pub(crate) fn find_code(text: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
}
