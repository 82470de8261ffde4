//! The OpenAPI document: complete, consistent, and reviewed as a snapshot whenever it changes.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tallyport-server --test openapi`
//! writes the snapshot anew; the difference belongs into the commit.

#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

use std::collections::HashSet;

use serde_json::Value;
use tallyport_contract::ErrorCode;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn document() -> Value {
    serde_json::to_value(tallyport_server::api::document()).unwrap()
}

/// Every operation with its method and path, for messages.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let operations: Vec<_> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods
                .filter(|(method, _)| METHODS.contains(&method.as_str()))
                .map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
        .collect();
    assert!(!operations.is_empty());
    operations
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

#[test]
fn the_document_is_the_reviewed_one() {
    let mut document = document();
    // A release changes nothing that partners call.
    document["info"]["version"] = Value::from("(version)");
    insta::assert_json_snapshot!("openapi", document);
}

#[test]
fn it_says_which_openapi_it_is() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    assert!(is_text(&document["info"]["title"]) && is_text(&document["info"]["version"]));
}

#[test]
fn every_operation_has_a_name_of_its_own_and_is_described() {
    let document = document();
    let tags: Vec<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut names = HashSet::new();
    for (place, operation) in operations(&document) {
        let name = operation["operationId"].as_str().unwrap_or_default();
        assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{place}");
        assert!(names.insert(name), "{place}: {name} is taken");
        assert!(is_text(&operation["summary"]) && is_text(&operation["description"]), "{place}");
        let tag = operation["tags"][0].as_str().unwrap_or_default();
        assert!(tags.contains(&tag), "{place}: the tag {tag} is not described");
    }
}

#[test]
fn every_operation_demands_security_that_the_document_defines() {
    let document = document();
    let schemes = document["components"]["securitySchemes"].as_object().unwrap();
    for (place, operation) in operations(&document) {
        let demands = operation["security"].as_array().filter(|demands| !demands.is_empty());
        for demand in demands.unwrap_or_else(|| panic!("{place} demands nothing")) {
            for scheme in demand.as_object().unwrap().keys() {
                assert!(schemes.contains_key(scheme), "{place}: {scheme}");
            }
        }
    }
}

#[test]
fn every_operation_lists_the_codes_it_refuses_with_under_a_documented_status() {
    let document = document();
    for (place, operation) in operations(&document) {
        let answers = operation["responses"].as_object().unwrap();
        assert!(answers.keys().any(|status| status.starts_with('2')), "{place} never succeeds");
        let codes = operation["x-error-codes"].as_array().unwrap_or_else(|| panic!("{place} lists no codes"));
        for code in codes {
            let code = code.as_str().unwrap();
            let known = ErrorCode::ALL.iter().find(|known| known.as_str() == code);
            let status = known.unwrap_or_else(|| panic!("{place}: {code}")).status().to_string();
            let answer = answers.get(&status).unwrap_or_else(|| panic!("{place}: {code} needs {status}"));
            assert!(!answer["content"]["application/problem+json"].is_null(), "{place}: {status} is no problem");
        }
    }
}

#[test]
fn every_answer_and_parameter_is_described_and_shown_by_example() {
    let document = document();
    for (place, operation) in operations(&document) {
        for (status, answer) in operation["responses"].as_object().unwrap() {
            assert!(is_text(&answer["description"]), "{place} {status}");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = &parameter["name"];
            assert!(is_text(&parameter["description"]), "{place} {name}");
            assert!(!parameter["example"].is_null(), "{place} {name}");
        }
    }
}

#[test]
fn every_field_of_every_schema_is_described_and_shown_by_example() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (field, property) in schema["properties"].as_object().unwrap_or_else(|| panic!("{name} has no fields")) {
            assert!(is_text(&property["description"]), "{name}.{field}");
            // A list of objects is shown by the example of the whole page.
            let is_shown_by_its_items = property["items"]["properties"].is_object();
            assert!(is_shown_by_its_items || !property["example"].is_null(), "{name}.{field}");
        }
    }
}

#[test]
fn every_example_of_a_page_holds_an_object_and_ends_there() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut pages = 0;
    for (name, schema) in schemas.iter().filter(|(name, _)| name.starts_with("ListPage_")) {
        let example = &schema["example"];
        let item = example["data"][0].as_object().unwrap_or_else(|| panic!("{name}: {example}"));
        for required in schema["properties"]["data"]["items"]["required"].as_array().unwrap() {
            assert!(item.contains_key(required.as_str().unwrap()), "{name}: {required}");
        }
        assert!(example["has_more"] == false && example["next_cursor"].is_null(), "{name}: {example}");
        pages += 1;
    }
    assert_eq!(pages, 8);
}

#[test]
fn every_example_of_an_object_holds_every_field_that_its_schema_requires_and_no_other() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let Some(example) = schema["example"].as_object() else { continue };
        for required in schema["required"].as_array().into_iter().flatten() {
            assert!(example.contains_key(required.as_str().unwrap()), "{name}: {required}");
        }
        for field in example.keys() {
            assert!(!schema["properties"][field].is_null(), "{name}: {field}");
        }
    }
}

#[test]
fn every_link_leads_to_a_call_that_takes_what_it_brings() {
    let document = document();
    let operations = operations(&document);
    let named = |name: &Value| operations.iter().find(|(_, operation)| operation["operationId"] == *name);
    let mut followed = 0;
    for (place, operation) in &operations {
        for answer in operation["responses"].as_object().unwrap().values() {
            for (name, link) in answer["links"].as_object().into_iter().flatten() {
                let (_, next) = named(&link["operationId"]).unwrap_or_else(|| panic!("{place}: {name}"));
                let takes = |parameter: &str| {
                    next["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == parameter))
                };
                for parameter in link["parameters"].as_object().into_iter().flatten().map(|(name, _)| name) {
                    assert!(takes(parameter), "{place}: {name} takes no {parameter}");
                }
                for field in link["requestBody"].as_object().into_iter().flatten().map(|(name, _)| name) {
                    let body = next["requestBody"]["content"].as_object().unwrap().values().next().unwrap();
                    let schema = body["schema"]["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
                    let schema = document.pointer(schema).unwrap();
                    assert!(!schema["properties"][field].is_null(), "{place}: {name} takes no {field}");
                }
                followed += 1;
            }
        }
    }
    assert!(followed >= 20, "{followed}");
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut waiting = vec![&document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(target)) = members.get("$ref") {
                    let pointer = target.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{target}");
                }
                waiting.extend(members.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
}
