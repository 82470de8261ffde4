//! The console: what a developer has, page by page. Everything here is for signed-in people, shows
//! only what is theirs, and is kept by no cache.

pub(crate) mod account;
mod account_sessions;
pub(crate) mod application;
mod application_filter;
pub(crate) mod applications;
pub(crate) mod client_settings;
mod frame;
pub(crate) mod fresh_secret;
pub(crate) mod keys;
mod list_place;
mod member_page;
pub(crate) mod money;
pub(crate) mod money_text;
pub(crate) mod new_application;
mod next_steps;
pub(in crate::pages) mod notice;
pub(crate) mod overview;
pub(crate) mod payment;
mod payment_facts;
pub(crate) mod payment_filter;
mod payment_status;
mod payment_table;
pub(crate) mod payments;
pub(crate) mod permissions;
pub(crate) mod sandbox_call;
pub(crate) mod submission_form;
mod suspended;
pub(crate) mod teams;
pub(crate) mod test_holders;
pub(crate) mod totp;

pub(in crate::pages) use list_place::neighbours;
pub(in crate::pages) use member_page::id_in_path;
