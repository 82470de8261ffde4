//! What the members of a team may do with its applications.

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

#[cfg(test)]
mod tests {
    use super::{Power, TeamRole};

    #[test]
    fn each_role_may_what_the_next_one_may_and_more() {
        let powers = |role: TeamRole| Power::ALL.iter().filter(|power| role.may(**power)).count();
        assert_eq!(TeamRole::ALL.iter().map(|role| powers(*role)).collect::<Vec<_>>(), [3, 2, 1]);
    }
}
