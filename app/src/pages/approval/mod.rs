//! What the pages of both sides of an approval share: states as badges, permissions, answers, papers and
//! the timeline. Knows who reads only where that changes what a name is.

pub(crate) mod badges;
pub(crate) mod fields;
pub(crate) mod papers;
pub(crate) mod permission_table;
pub(crate) mod steps;
