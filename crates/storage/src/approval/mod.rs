//! The tables of approval: where applications stand, what their teams submitted, the papers, and the
//! steps of the way. Whether a step may be taken is the domain's to say.

pub mod approvals;
pub mod documents;
pub mod people;
pub mod queue;
pub mod steps;
pub mod subject;
pub mod submissions;
