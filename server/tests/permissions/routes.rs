//! Every route that the server has, and that each stands in the document.

use std::collections::BTreeSet;
use std::path::Path;

use tallyport_app::{Portal, register_functions};

use crate::table::rows;

/// Headings of the tables.
pub(crate) const PAGES: &str = "Pages and forms";
pub(crate) const API: &str = "API";
pub(crate) const OTHERS: &str = "Everything else";

/// Pages, from Leptos' list of routes.
fn pages() -> BTreeSet<String> {
    let listed = leptos_axum::generate_route_list(Portal);
    listed.iter().map(|route| format!("GET {}", route.path())).collect()
}

/// Server functions, from the list that the portal registers.
pub(crate) fn functions() -> BTreeSet<String> {
    register_functions();
    leptos::server_fn::axum::server_fn_paths().map(|(path, method)| format!("{method} {path}")).collect()
}

/// Operations of the open API, from its document.
fn operations() -> BTreeSet<String> {
    let document = serde_json::to_value(tallyport_server::api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let methods = ["get", "post", "put", "patch", "delete"];
    paths
        .iter()
        .flat_map(|(path, item)| {
            let has = methods.iter().filter(|method| item.get(**method).is_some());
            has.map(move |method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
        })
        .collect()
}

/// Paths that the server's sources give to axum in so many words; axum itself tells nobody its routes.
fn literal_paths() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(path).unwrap();
                let source = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                let literals = source.split(".route(").skip(1).filter_map(|rest| {
                    let literal = rest.trim_start().strip_prefix('"')?;
                    literal.split_once('"').map(|(path, _)| path.to_owned())
                });
                found.extend(literals);
            }
        }
    }
    found
}

fn listed(heading: &str) -> BTreeSet<String> {
    rows(heading).iter().map(crate::table::Row::route).collect()
}

#[test]
fn every_page_and_server_function_has_a_row_and_every_row_its_route() {
    let known: BTreeSet<String> = pages().union(&functions()).cloned().collect();
    let listed = listed(PAGES);
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "docs/permissions.md says nothing about {missing:#?}");
    let gone: Vec<_> = listed.difference(&known).collect();
    assert!(gone.is_empty(), "docs/permissions.md names what there is not: {gone:#?}");
}

#[test]
fn every_operation_of_the_api_has_a_row_and_every_row_its_operation() {
    assert_eq!(operations(), listed(API));
}

#[test]
fn every_other_route_has_a_row() {
    let listed: BTreeSet<String> =
        listed(OTHERS).iter().filter_map(|route| route.split_once(' ')).map(|(_, path)| path.to_owned()).collect();
    let missing: Vec<_> = literal_paths().difference(&listed).cloned().collect();
    assert!(missing.is_empty(), "docs/permissions.md says nothing about {missing:?}");
}
