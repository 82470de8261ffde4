//! Who decides, and the proof that they may.

use std::fmt;
use std::str::FromStr;

use super::refusal::Refusal;
use crate::UnknownText;
use crate::ids::DeveloperId;

/// Who decided something about an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// A person.
    Person(DeveloperId),
    /// Somebody at the command line of the platform's machine.
    Operator,
}

const OPERATOR: &str = "operator";

impl fmt::Display for Decider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => fmt::Display::fmt(id, out),
            Self::Operator => out.write_str(OPERATOR),
        }
    }
}

impl FromStr for Decider {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        if text == OPERATOR {
            return Ok(Self::Operator);
        }
        text.parse().map(Self::Person).map_err(|_| UnknownText { kind: "Decider" })
    }
}

/// Who decided, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: Decider,
    /// When.
    pub at_ms: i64,
}

/// Somebody who may decide about one application: not of its team. Whether they submitted it is
/// asked again at each decision, because people leave teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewer(Decider);

impl Reviewer {
    /// An administrator, by what they are to the application's team at this moment.
    pub fn administrator(id: DeveloperId, is_of_team: bool) -> Result<Self, Refusal> {
        if is_of_team { Err(Refusal::OwnApplication) } else { Ok(Self(Decider::Person(id))) }
    }

    /// Somebody who already rules over the machine and its database.
    #[must_use]
    pub const fn operator() -> Self {
        Self(Decider::Operator)
    }

    /// Who it is.
    #[must_use]
    pub const fn decider(self) -> Decider {
        self.0
    }

    pub(super) const fn decides(self, at_ms: i64) -> Decision {
        Decision { by: self.0, at_ms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decided_is_read_back_from_the_text() {
        let person = Decider::Person(DeveloperId::from_parts(1, [2; 10]));
        for decider in [person, Decider::Operator] {
            assert_eq!(decider.to_string().parse(), Ok(decider));
        }
        assert!("nobody".parse::<Decider>().is_err());
    }
}
