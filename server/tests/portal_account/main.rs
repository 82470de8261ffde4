//! Accounts and the console as a browser without scripts sees them.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod browser;
mod console;
mod first_administrator;
mod links;
mod mail_server;
mod my_account;
mod outside;
mod outside_provider;
mod refusals;
mod second_step;
mod sessions;
mod smtp;
