//! The tables of the authorization server: clients, requests, grants, and what is used up.

pub mod clients;
pub mod codes;
pub mod devices;
pub mod grants;
pub mod refresh_tokens;
pub mod requests;
pub mod used;

/// SHA-256 of a random secret.
pub type SecretHash = [u8; 32];
