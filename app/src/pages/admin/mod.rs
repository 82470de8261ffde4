//! Administration: what whoever runs the platform sees and decides. Everything here is for
//! administrators only and is kept by no cache.

pub(crate) mod announcements;
pub(crate) mod application;
pub(crate) mod applications;
pub(crate) mod approval;
pub(crate) mod approval_control;
mod approval_decision;
mod approval_difference;
pub(crate) mod approvals;
pub(crate) mod audit;
mod audit_table;
pub(crate) mod channels;
pub(crate) mod decisions;
pub(crate) mod developer;
pub(crate) mod developers;
pub(super) mod door;
pub(crate) mod fees;
mod forbidden;
pub(super) mod frame;
mod list_query;
pub(crate) mod money;
pub(crate) mod operations;
pub(crate) mod overview;
pub(crate) mod paths;
pub(crate) mod plan;
pub(crate) mod plans;
pub(crate) mod settings;
mod unknown_outcomes;
