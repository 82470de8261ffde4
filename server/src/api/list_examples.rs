//! Examples of lists. A page is the same for every kind of object, so only the document as a whole knows what one
//! looks like with an object on it.

use serde_json::{Map, Value, json};
use utoipa::openapi::schema::ArrayItems;
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// What the schemas of pages begin with.
const PAGE: &str = "ListPage_";

/// Gives each page the example of one object, and of nothing behind it.
pub(super) fn add(document: &mut OpenApi) {
    let schemas = document.components.iter_mut().flat_map(|components| &mut components.schemas);
    for (_, schema) in schemas.filter(|(name, _)| name.starts_with(PAGE)) {
        let RefOr::T(Schema::Object(page)) = schema else { continue };
        let Some(RefOr::T(Schema::Array(data))) = page.properties.get("data") else { continue };
        let ArrayItems::RefOrSchema(item) = &data.items else { continue };
        let item = composed(&serde_json::to_value(item).unwrap_or_default());
        page.example = Some(json!({ "object": "list", "data": [item], "has_more": false, "next_cursor": null }));
    }
}

/// The example of a schema: its own, or one put together from its fields.
fn composed(schema: &Value) -> Value {
    if let Some(own) = schema.get("example") {
        return own.clone();
    }
    let fields = schema["properties"].as_object().into_iter().flatten();
    Value::Object(fields.map(|(name, field)| (name.clone(), composed(field))).collect::<Map<_, _>>())
}
