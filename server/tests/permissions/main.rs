//! Who may do what: `docs/permissions.md` is read, and every route and server function is called as
//! everybody in it. A route without a row fails, and so does a row without a route.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]
#![allow(clippy::print_stdout, reason = "a test that counts tells how much it did")]

#[path = "../support/mod.rs"]
mod support;

mod api;
mod csrf;
mod ground;
mod pages;
mod routes;
mod table;
