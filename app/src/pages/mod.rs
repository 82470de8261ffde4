//! The pages, one per file. A page asks services for what it shows and composes components.

pub(crate) mod admin;
pub(crate) mod approval;
pub(crate) mod components_page;
pub(crate) mod console;
pub(crate) mod errors;
pub(crate) mod failure;
pub(crate) mod guide;
pub(crate) mod guides;
pub(crate) mod landing;
mod loaded;
pub(crate) mod not_found;
pub(crate) mod reference;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
mod specimens;
