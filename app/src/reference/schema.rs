//! Reading JSON Schema, as far as the document uses it.

use serde_json::Value;

use super::field::{Constraint, Field};

/// Fields of fields of fields: deeper ones are not shown, so that no document recurses for ever.
const DEPTH_MAX: usize = 4;

/// A text with its line breaks as people read them: a single one is a blank, an empty line stays.
pub(super) fn text(value: &Value) -> String {
    let paragraphs = value.as_str().unwrap_or_default().split("\n\n");
    let joined = paragraphs.map(|lines| lines.split_whitespace().collect::<Vec<_>>().join(" "));
    joined.collect::<Vec<_>>().join("\n\n").trim().to_owned()
}

/// The items of an array; none where there is no array.
pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The members of an object, in the document's order.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// What a schema stands for, behind references and "or null".
pub(super) fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let mut schema = schema;
    for _ in 0..DEPTH_MAX {
        let target = schema["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
        let alternative = items(&schema["oneOf"]).find(|choice| choice["type"] != "null");
        match (target.and_then(|pointer| document.pointer(pointer)), alternative) {
            (Some(found), _) | (None, Some(found)) => schema = found,
            (None, None) => break,
        }
    }
    schema
}

/// The fields of an object's schema; those of objects inside it follow as `outer.inner`.
pub(super) fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    collect(document, schema, "", 0, &mut found);
    found
}

fn collect(document: &Value, schema: &Value, prefix: &str, depth: usize, found: &mut Vec<Field>) {
    let object = resolved(document, schema);
    for (name, property) in members(&object["properties"]) {
        let inner = resolved(document, property);
        let required = items(&object["required"]).any(|required| required == name.as_str());
        let described = if property["description"].is_string() { property } else { inner };
        let name = format!("{prefix}{name}");
        found.push(Field {
            kind: kind(document, property),
            required,
            constraints: constraints(inner),
            description: text(&described["description"]),
            example: example_text(&inner["example"]),
            name: name.clone(),
        });
        let below = if inner["type"] == "array" { &inner["items"] } else { inner };
        if depth < DEPTH_MAX {
            collect(document, below, &format!("{name}."), depth + 1, found);
        }
    }
}

/// The type as readers know it: `string`, `string or null`, `array of string`.
pub(super) fn kind(document: &Value, schema: &Value) -> String {
    let inner = resolved(document, schema);
    let names: Vec<&str> = match &inner["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        Value::String(name) => vec![name],
        _ => Vec::new(),
    };
    let is_nullable = names.contains(&"null") || items(&schema["oneOf"]).any(|choice| choice["type"] == "null");
    let base = match names.iter().find(|name| **name != "null") {
        Some(&"array") => format!("array<{}>", kind(document, &inner["items"])),
        Some(name) => (*name).to_owned(),
        None => "object".to_owned(),
    };
    if is_nullable { format!("{base} | null") } else { base }
}

/// What a value has to fulfil beyond its type.
pub(super) fn constraints(schema: &Value) -> Vec<Constraint> {
    let number = |name: &str| schema[name].as_i64();
    let mut found = Vec::new();
    let (shortest, longest) = (number("minLength"), number("maxLength"));
    if shortest.is_some() || longest.is_some() {
        found.push(Constraint::Length { min: shortest, max: longest });
    }
    let (least, most) = (number("minimum"), number("maximum"));
    if least.is_some_and(|least| least != 0) || most.is_some() {
        found.push(Constraint::Range { min: least, max: most });
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        found.push(Constraint::Pattern(pattern.to_owned()));
    }
    let choices: Vec<String> = items(&schema["enum"]).filter_map(example_text).collect();
    if !choices.is_empty() {
        found.push(Constraint::OneOf(choices));
    }
    if schema["format"] == "date-time" {
        found.push(Constraint::Moment);
    }
    found
}

/// The example of a whole value: the schema's own, or one put together from its fields.
pub(super) fn example(document: &Value, schema: &Value) -> Value {
    composed(document, schema, 0)
}

fn composed(document: &Value, schema: &Value, depth: usize) -> Value {
    let inner = resolved(document, schema);
    if !inner["example"].is_null() || depth > DEPTH_MAX {
        return inner["example"].clone();
    }
    if inner["type"] == "array" {
        return Value::Array(vec![composed(document, &inner["items"], depth + 1)]);
    }
    let members =
        members(&inner["properties"]).map(|(name, property)| (name.clone(), composed(document, property, depth + 1)));
    Value::Object(members.collect())
}

/// An example as a reader would type it: texts without quotes, the rest as JSON.
pub(super) fn example_text(example: &Value) -> Option<String> {
    match example {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Constraint, example, fields, kind, text};

    fn document() -> Value {
        json!({"components": {"schemas": {
            "Person": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 9, "example": "Ada"},
                "notes": {"type": ["array", "null"], "items": {"type": "string", "example": "kind"}},
                "friend": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Friend"}], "description": "A friend."},
            }},
            "Friend": {"type": "object", "properties": {"since": {"type": "integer", "example": 3}}},
        }}})
    }

    #[test]
    fn fields_of_inner_objects_follow_under_their_path() {
        let document = document();
        let found = fields(&document, &json!({"$ref": "#/components/schemas/Person"}));
        let names: Vec<&str> = found.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["name", "notes", "friend", "friend.since"]);
        let friend = &found[2];
        assert_eq!((friend.kind.as_str(), friend.description.as_str()), ("object | null", "A friend."));
        assert!(found[0].required && !friend.required);
        assert_eq!(found[0].constraints, [Constraint::Length { min: Some(1), max: Some(9) }]);
    }

    #[test]
    fn an_example_is_put_together_from_the_fields() {
        let document = document();
        let schema = &document["components"]["schemas"]["Person"];
        assert_eq!(example(&document, schema)["friend"], json!({"since": 3}));
        assert_eq!(example(&document, schema)["name"], "Ada");
    }

    #[test]
    fn a_schema_that_contains_itself_ends() {
        let document = json!({"n": {"type": "object", "properties": {"next": {"$ref": "#/n"}}}});
        assert!(fields(&document, &document["n"]).len() < 10);
        assert_eq!(kind(&document, &document["n"]), "object");
        assert!(example(&document, &document["n"]).is_object());
    }

    #[test]
    fn line_breaks_inside_a_paragraph_are_blanks() {
        assert_eq!(text(&json!("one\ntwo\n\nthree")), "one two\n\nthree");
    }
}
