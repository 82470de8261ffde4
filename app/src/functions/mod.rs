//! Server functions: what the portal's forms post to, under `/ui`.
//!
//! Each one reads a form, calls a service and sends the browser to a page. None returns data, so
//! they work the same before, after and without wasm. The CSRF layer of the server stands before all.

mod applications;
pub(crate) mod entry;
mod preferences;
mod setup;
mod sign_in;
mod sign_out;
mod sign_up;
mod try_it;

pub(crate) use preferences::PREFERENCES_PATH;
pub(crate) use try_it::{CallForm, TRY_IT_ACTION};

/// Registers every server function by name, so that the list does not depend on linker sections.
pub fn register_functions() {
    use leptos::server_fn::axum::register_explicit;
    register_explicit::<preferences::Preferences>();
    register_explicit::<sign_up::SignUp>();
    register_explicit::<sign_in::SignIn>();
    register_explicit::<sign_out::SignOut>();
    register_explicit::<setup::Setup>();
    register_explicit::<applications::MakeApplication>();
    register_explicit::<try_it::TryIt>();
}
