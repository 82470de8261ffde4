//! The API reference: an overview, and a page for each operation of the OpenAPI document.

mod answers;
mod demands;
mod field_list;
pub(crate) mod index;
pub(crate) mod inline_text;
pub(crate) mod method_mark;
pub(crate) mod operation;
pub(crate) mod own_key;

use leptos::prelude::use_context;

use crate::{
    layout::side_nav::{NavGroup, NavLink},
    reference::{ApiReference, said},
    visit::{texts, visit},
};

/// The reference of this server. Route discovery runs the views without one, hence the default.
pub(crate) fn reference() -> ApiReference {
    use_context::<ApiReference>().unwrap_or_default()
}

/// The reference's part of the documentation's list of pages.
pub(crate) fn nav_groups() -> Vec<NavGroup> {
    let language = visit().language;
    let texts = &texts().reference;
    let overview = NavGroup {
        heading: texts.title.to_owned(),
        links: vec![NavLink::new(texts.overview, "/docs/api"), NavLink::new(texts.errors_title, "/docs/errors")],
    };
    let reference = reference();
    let groups = reference.groups().iter().map(|group| NavGroup {
        heading: said(&group.name, language),
        links: group
            .operations
            .iter()
            .map(|operation| NavLink::new(said(&operation.summary, language), operation.href()))
            .collect(),
    });
    std::iter::once(overview).chain(groups).collect()
}
