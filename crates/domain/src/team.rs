//! What the members of a team may do with its applications, and how a team's members change.

use crate::ids::DeveloperId;
use crate::text_enum::text_enum;

text_enum! {
    /// What somebody is in a team.
    TeamRole {
        /// Decides about the team itself: members, live credentials, closing an application.
        Owner => "owner",
        /// Works on the team's applications.
        Developer => "developer",
        /// Sees everything that is no secret, and changes nothing.
        Viewer => "viewer",
    }
}

text_enum! {
    /// What somebody wants to do with an application or a team.
    Power {
        /// See it.
        View => "view",
        /// Change it, make sandbox credentials, try calls.
        Develop => "develop",
        /// Decide about members, live credentials and whether it goes on to exist.
        Own => "own",
    }
}

impl TeamRole {
    /// Whether the role goes far enough.
    #[must_use]
    pub const fn may(self, power: Power) -> bool {
        match power {
            Power::View => true,
            Power::Develop => matches!(self, Self::Owner | Self::Developer),
            Power::Own => matches!(self, Self::Owner),
        }
    }
}

/// Everybody in a team at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster(Vec<(DeveloperId, TeamRole)>);

/// Why the members of a team do not change so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RosterRefusal {
    /// The person is not in the team.
    #[error("the person is not in the team")]
    NotAMember,
    /// Nobody would be left to decide about the team.
    #[error("a team keeps at least one owner")]
    LastOwner,
}

impl Roster {
    /// The members as they are known.
    #[must_use]
    pub const fn new(members: Vec<(DeveloperId, TeamRole)>) -> Self {
        Self(members)
    }

    /// What somebody is in the team.
    #[must_use]
    pub fn role_of(&self, who: DeveloperId) -> Option<TeamRole> {
        self.0.iter().find(|(member, _)| *member == who).map(|(_, role)| *role)
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// When the person is no member, or nobody would own the team.
    pub fn with_role(self, who: DeveloperId, role: TeamRole) -> Result<Self, RosterRefusal> {
        self.role_of(who).ok_or(RosterRefusal::NotAMember)?;
        let changed = |(member, old)| (member, if member == who { role } else { old });
        Self(self.0.into_iter().map(changed).collect()).owned()
    }

    /// Takes a member out.
    ///
    /// # Errors
    /// When the person is no member, or nobody would own the team.
    pub fn without(self, who: DeveloperId) -> Result<Self, RosterRefusal> {
        self.role_of(who).ok_or(RosterRefusal::NotAMember)?;
        Self(self.0.into_iter().filter(|(member, _)| *member != who).collect()).owned()
    }

    fn owned(self) -> Result<Self, RosterRefusal> {
        let has_owner = self.0.iter().any(|(_, role)| *role == TeamRole::Owner);
        if has_owner { Ok(self) } else { Err(RosterRefusal::LastOwner) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Power, Roster, RosterRefusal, TeamRole};
    use crate::ids::DeveloperId;

    fn person(number: u8) -> DeveloperId {
        DeveloperId::from_parts(0, [number; 10])
    }

    #[test]
    fn each_role_may_what_the_next_one_may_and_more() {
        let powers = |role: TeamRole| Power::ALL.iter().filter(|power| role.may(**power)).count();
        assert_eq!(TeamRole::ALL.iter().map(|role| powers(*role)).collect::<Vec<_>>(), [3, 2, 1]);
    }

    #[test]
    fn the_last_owner_stays_one() {
        let roster = Roster::new(vec![(person(1), TeamRole::Owner), (person(2), TeamRole::Developer)]);
        assert_eq!(roster.clone().without(person(1)), Err(RosterRefusal::LastOwner));
        assert_eq!(roster.clone().with_role(person(1), TeamRole::Viewer), Err(RosterRefusal::LastOwner));
        assert!(roster.clone().without(person(2)).is_ok());
        let two = roster.with_role(person(2), TeamRole::Owner).unwrap();
        assert_eq!(two.without(person(1)).unwrap().role_of(person(2)), Some(TeamRole::Owner));
    }

    #[test]
    fn a_stranger_is_neither_changed_nor_removed() {
        let roster = Roster::new(vec![(person(1), TeamRole::Owner)]);
        assert_eq!(roster.clone().without(person(9)), Err(RosterRefusal::NotAMember));
        assert_eq!(roster.with_role(person(9), TeamRole::Owner), Err(RosterRefusal::NotAMember));
    }
}
