//! How hard a password is to guess, roughly, for the meter beside the field. The meter runs in the
//! browser as well, so it knows no list: what is refused is said by [`super::check`].

use super::LENGTH_MIN;

/// How hard to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing was typed.
    None,
    /// Too short, or little variety.
    Weak,
    /// Enough for an account that nobody aims at.
    Fair,
    /// Good.
    Good,
    /// Very good.
    Strong,
}

impl Strength {
    /// The name that the style sheet goes by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Good => "good",
            Self::Strong => "strong",
        }
    }

    /// Counts characters that do not follow from the one before: not the same, not the next in line.
    #[must_use]
    pub fn of(password: &str) -> Self {
        let length = password.chars().count();
        if length == 0 {
            return Self::None;
        }
        let mut fresh = 0_u32;
        let mut last: Option<u32> = None;
        for character in password.chars().map(u32::from) {
            if last.is_none_or(|last| character.abs_diff(last) > 1) {
                // One ideograph is worth two letters.
                fresh += if character > 0x2e80 { 2 } else { 1 };
            }
            last = Some(character);
        }
        let kinds = [char::is_lowercase as fn(char) -> bool, char::is_uppercase, char::is_numeric, is_mark];
        let variety = kinds.iter().filter(|kind| password.chars().any(**kind)).count();
        let score = fresh + if variety >= 3 { 4 } else { 0 };
        match score {
            _ if length < LENGTH_MIN => Self::Weak,
            0..10 => Self::Weak,
            10..14 => Self::Fair,
            14..20 => Self::Good,
            _ => Self::Strong,
        }
    }
}

fn is_mark(character: char) -> bool {
    !character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::Strength;

    #[test]
    fn longer_and_more_varied_is_stronger() {
        for (password, strength) in [
            ("", Strength::None),
            ("kX9!vTq2#", Strength::Weak),
            ("aaaaaaaaaaaaaaaaaaaa", Strength::Weak),
            ("abcdefghijklmnop", Strength::Weak),
            ("lemontreex9", Strength::Weak),
            ("lemontree walk", Strength::Fair),
            ("kX9!vTq2#mLp", Strength::Good),
            ("correct horse battery", Strength::Good),
            ("correct horse battery staple", Strength::Strong),
            ("三个人走在路上遇见一只猫", Strength::Strong),
        ] {
            assert_eq!(Strength::of(password), strength, "{password}");
        }
    }
}
