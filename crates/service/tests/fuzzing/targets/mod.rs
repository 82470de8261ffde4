//! The targets, shared with `fuzz/`: each takes bytes, asserts what has to hold of them whatever they are,
//! and says in a word what they were.

pub(crate) mod amount;
pub(crate) mod jwe;
pub(crate) mod jwt;
pub(crate) mod redirect_uri;
pub(crate) mod signature_input;
pub(crate) mod strict_json;
