//! Administration: what whoever runs the platform sees and decides. Everything here is for
//! administrators only and is kept by no cache.

mod audit_table;
pub(super) mod door;
mod forbidden;
pub(super) mod frame;
pub(crate) mod overview;
pub(crate) mod paths;
