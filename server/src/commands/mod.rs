//! Commands other than `serve`: each opens what it needs, does one thing and ends.

pub mod account;
pub mod admin;
pub mod app;
pub mod audit;
pub mod database;
pub mod developer;
pub mod keys;
pub mod migrate;
pub mod password;
pub mod platform;
pub mod seed;
pub mod tell;
pub mod verify;
