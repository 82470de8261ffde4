//! The pages, one per file. A page asks services for what it shows and composes components.

pub(crate) mod admin;
pub(crate) mod approval;
pub(crate) mod components_page;
pub(crate) mod console;
pub(crate) mod dev_mail;
pub(crate) mod errors;
pub(crate) mod failure;
pub(crate) mod forgot;
pub(crate) mod guide;
pub(crate) mod guides;
pub(crate) mod holder;
pub(crate) mod landing;
mod link_page;
mod loaded;
pub(crate) mod not_found;
pub(crate) mod payer;
pub(crate) mod reference;
pub(crate) mod reset;
pub(crate) mod second_step;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod sign_in_outside;
pub(crate) mod sign_up;
mod specimens;
mod too_many_tries;
pub(crate) mod verify;
pub(crate) mod verify_address;
