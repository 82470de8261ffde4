//! Teams: the list of them, one of them, and the page that an invitation's link leads to.

pub(crate) mod invitation;
mod invitations;
pub(crate) mod list;
mod members;
pub(crate) mod team;

/// The address of the list.
pub(crate) const TEAMS_PATH: &str = "/console/teams";
