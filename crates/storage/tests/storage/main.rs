//! What the crate promises, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod credentials;
mod developers;
mod fixtures;
mod keys;
mod migrations;
mod one_time_links;
mod opening;
mod second_step;
mod sessions;
mod statistics;
mod unknown;
