//! The instances of a channel: several ways to the same thing, so that one may fail.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::Arc;

use crate::channel::Channel;
use crate::text_enum::text_enum;

/// The most characters of a name.
const NAME_LENGTH_MAX: usize = 40;
/// The largest weight. What matters is the ratio between instances, and this is room enough for one.
pub const INSTANCE_WEIGHT_MAX: u32 = 1_000;

/// The name of an instance: small letters, digits and underscores. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceName(Arc<str>);

/// The text is no instance's name, or the number no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidInstance {
    /// No name.
    #[error("a name is 1 to {NAME_LENGTH_MAX} small letters, digits and underscores")]
    Name,
    /// No weight.
    #[error("a weight is a whole number from 1 to {INSTANCE_WEIGHT_MAX}")]
    Weight,
}

impl InstanceName {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InstanceName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for InstanceName {
    type Err = InvalidInstance;

    fn from_str(text: &str) -> Result<Self, InvalidInstance> {
        let fits = (1..=NAME_LENGTH_MAX).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if fits { Ok(Self(text.into())) } else { Err(InvalidInstance::Name) }
    }
}

/// How much of its channel's work an instance takes, beside the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceWeight(NonZeroU32);

impl InstanceWeight {
    /// The number.
    #[must_use]
    pub const fn get(self) -> NonZeroU32 {
        self.0
    }
}

impl TryFrom<i64> for InstanceWeight {
    type Error = InvalidInstance;

    fn try_from(number: i64) -> Result<Self, InvalidInstance> {
        let weight = u32::try_from(number).ok().filter(|weight| *weight <= INSTANCE_WEIGHT_MAX);
        weight.and_then(NonZeroU32::new).map(Self).ok_or(InvalidInstance::Weight)
    }
}

impl FromStr for InstanceWeight {
    type Err = InvalidInstance;

    fn from_str(text: &str) -> Result<Self, InvalidInstance> {
        text.parse::<i64>().map_err(|_| InvalidInstance::Weight)?.try_into()
    }
}

text_enum! {
    /// A fault that an administrator practises with an instance of the sandbox.
    Drill {
        /// No call reaches it, so nothing is ever done there.
        Unreachable => "unreachable",
        /// Calls reach it, and no answer comes back.
        Silent => "silent",
    }
}

/// An instance as an administrator wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelInstance {
    /// What it is called; it is asked by this name for as long as a payment lives.
    pub name: InstanceName,
    /// The channel that it is an instance of.
    pub channel: Channel,
    /// How much of the channel's work it takes.
    pub weight: InstanceWeight,
    /// Whether new work goes there. What it has taken, it is asked about all the same.
    pub is_enabled: bool,
    /// The fault that is being practised.
    pub drill: Option<Drill>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!("sandbox_card_1".parse::<InstanceName>().unwrap().as_str(), "sandbox_card_1");
        for bad in ["", "Card", "card 1", "卡", "card-1", &"x".repeat(41)] {
            assert_eq!(bad.parse::<InstanceName>(), Err(InvalidInstance::Name), "{bad}");
        }
    }

    #[test]
    fn weights_are_above_zero_and_bounded() {
        assert_eq!("1000".parse::<InstanceWeight>().unwrap().get().get(), 1_000);
        for bad in ["", "0", "-1", "1001", "1.5", "99999999999999999999"] {
            assert_eq!(bad.parse::<InstanceWeight>(), Err(InvalidInstance::Weight), "{bad}");
        }
    }
}
