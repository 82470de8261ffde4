//! Who owns what, on both databases: applications, their keys, the teams they belong to, and the races
//! about them.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[allow(dead_code, reason = "the part of it that administers is for another program")]
#[path = "../administration/ground.rs"]
mod ground;

mod applications;
mod crowd;
mod invitations;
mod keys;
mod members;
mod public_keys;
mod rewrap;
