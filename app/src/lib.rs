//! Tallyport's portal: shell, pages, components, islands and server functions.
//!
//! The server renders every page; only `islands` is compiled for the browser, so a page without an
//! island costs no wasm and nothing else of this crate can reach it.
//! Pages ask `tallyport-service` for what they show; rules about money live there, not here.

// A view's type is as deep as its page.
#![recursion_limit = "256"]
#![allow(unreachable_pub, reason = "Leptos' component macro makes its functions `pub` again")]
#![cfg_attr(feature = "ssr", allow(clippy::needless_pass_by_value, reason = "a component owns its properties"))]

pub mod islands;

#[cfg(feature = "ssr")]
mod announcements;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod fault;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod functions;
#[cfg(feature = "ssr")]
mod guides;
#[cfg(feature = "ssr")]
mod holder_visit;
#[cfg(feature = "ssr")]
mod i18n;
#[cfg(feature = "ssr")]
mod language;
#[cfg(feature = "ssr")]
mod layout;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod percent_encoding;
#[cfg(feature = "ssr")]
mod reference;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod samples;
#[cfg(feature = "ssr")]
mod sandbox_call;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod site_path;
#[cfg(feature = "ssr")]
mod theme;
#[cfg(feature = "ssr")]
mod visit;

#[cfg(feature = "ssr")]
pub use {
    announcements::{dismissed_cookie, read_dismissed},
    forms::{SESSION_DEVELOPER_ID, SESSION_DEVICE, SESSION_NETWORK, SESSION_STAMP},
    functions::{
        IconRefused, SubmissionFields, application_page, keep_icon_answer, keep_upload_answer, register_functions,
        sign_in_page, submission_path,
    },
    holder_visit::HolderVisit,
    language::choose_language,
    pages::console::payment_filter::PaymentSearch,
    reference::{ApiReference, InvalidReference},
    routes::Portal,
    sandbox_call::{SandboxAnswer, SandboxCall, SandboxCaller, SandboxOrder, SandboxRefusal, SandboxRequest},
    shell::{HYDRATION_END, HYDRATION_START, SiteFiles, failure_document, portal_document},
    site_path::SitePath,
    theme::Theme,
    visit::{PlatformStatus, StatusProbe, Visit},
};
