//! Commands other than `serve`: each opens what it needs, does one thing and ends.

pub mod database;
pub mod migrate;
