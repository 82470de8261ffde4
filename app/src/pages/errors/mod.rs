//! The error codes: a list of all, and a page for each, to which every refusal links.

pub(crate) mod code;
pub(crate) mod index;
