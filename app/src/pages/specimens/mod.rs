//! The components with made-up content, by the name of their file.

mod display;
mod input;
mod message;
mod source;

use leptos::prelude::*;

/// A component's name and the component in its states.
pub(super) type Specimen = (&'static str, AnyView);

/// All of them, in the order in which the page shows them.
pub(super) fn all() -> Vec<Specimen> {
    let mut specimens = input::specimens();
    specimens.extend(message::specimens());
    specimens.extend(display::specimens());
    specimens.extend(source::specimens());
    specimens
}
