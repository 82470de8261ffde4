//! Device authorization (RFC 8628): a device without a browser waits while its user decides
//! elsewhere.

use std::fmt;

/// For how long a device waits.
pub const LIFETIME_MS: i64 = 10 * 60 * 1000;
/// How long a device waits between two questions, to begin with.
pub const INTERVAL_S: u32 = 5;

/// Letters that are told apart when read aloud and that make no words.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const LENGTH: usize = 8;

/// The code that a user types: `BCDF-GHJK`.
#[derive(Clone, PartialEq, Eq)]
pub struct UserCode([u8; LENGTH]);

impl UserCode {
    /// Makes a code of random bytes, of which those from 240 on are skipped so that every letter is
    /// as likely; none when too few are left.
    #[must_use]
    pub fn from_random(random: &[u8]) -> Option<Self> {
        let mut letters = random.iter().filter(|byte| **byte < 240).map(|byte| ALPHABET[usize::from(byte % 20)]);
        let mut code = [0; LENGTH];
        for letter in &mut code {
            *letter = letters.next()?;
        }
        Some(Self(code))
    }

    /// Reads what a user typed: small letters, blanks and dashes do not count.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let letters: Vec<u8> =
            typed.bytes().filter(|byte| !matches!(byte, b' ' | b'-')).map(|byte| byte.to_ascii_uppercase()).collect();
        let code: [u8; LENGTH] = letters.try_into().ok()?;
        code.iter().all(|letter| ALPHABET.contains(letter)).then_some(Self(code))
    }
}

impl fmt::Display for UserCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, letter) in self.0.iter().enumerate() {
            if position == LENGTH / 2 {
                out.write_str("-")?;
            }
            write!(out, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for UserCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("UserCode(…)")
    }
}

/// What has become of a device's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// Its user has not decided.
    Pending,
    /// Its user said yes.
    Approved,
    /// Its user said no.
    Denied,
    /// It got its tokens.
    Used,
}

/// A device asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Poll {
    /// What has become of the request.
    pub state: DeviceState,
    /// When the device last asked.
    pub asked_at_ms: Option<i64>,
    /// How long it has to wait between two questions.
    pub interval_s: u32,
    /// From when on the request is not good any more.
    pub expires_at_ms: i64,
}

/// Why a device gets no tokens (yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeviceRefusal {
    /// Nobody has decided.
    #[error("The user has not decided yet.")]
    Pending,
    /// It asks too often, and has to wait longer from now on.
    #[error("Wait longer between two requests.")]
    SlowDown {
        /// The new time between two questions.
        interval_s: u32,
    },
    /// The user said no.
    #[error("The user refused.")]
    Denied,
    /// It took too long.
    #[error("The device code has expired.")]
    Expired,
    /// It got its tokens before.
    #[error("The device code was used before.")]
    Used,
}

impl Poll {
    /// Whether the device gets its tokens now.
    pub fn answer(&self, now_ms: i64) -> Result<(), DeviceRefusal> {
        if self.state == DeviceState::Used {
            return Err(DeviceRefusal::Used);
        }
        if now_ms >= self.expires_at_ms {
            return Err(DeviceRefusal::Expired);
        }
        let wait_ms = i64::from(self.interval_s) * 1000;
        if self.asked_at_ms.is_some_and(|asked_at_ms| now_ms < asked_at_ms + wait_ms) {
            return Err(DeviceRefusal::SlowDown { interval_s: self.interval_s + 5 });
        }
        match self.state {
            DeviceState::Approved => Ok(()),
            DeviceState::Pending => Err(DeviceRefusal::Pending),
            DeviceState::Denied => Err(DeviceRefusal::Denied),
            DeviceState::Used => Err(DeviceRefusal::Used),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_codes_are_read_generously() {
        let code = UserCode::from_random(&[255, 0, 1, 2, 3, 4, 5, 6, 7]).unwrap();
        assert_eq!(code.to_string(), "BCDF-GHJK");
        for typed in ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk "] {
            assert_eq!(UserCode::read(typed).unwrap(), code);
        }
        for typed in ["", "BCDF-GHJ", "BCDF-GHJA", "BCDF-GHJKL", "ＢCDF-GHJK"] {
            assert!(UserCode::read(typed).is_none(), "{typed}");
        }
        assert!(UserCode::from_random(&[250; 64]).is_none());
    }

    #[test]
    fn a_device_gets_its_tokens_once_and_asks_with_patience() {
        let poll = Poll { state: DeviceState::Approved, asked_at_ms: Some(0), interval_s: 5, expires_at_ms: 60_000 };
        assert_eq!(poll.answer(5_000), Ok(()));
        assert_eq!(poll.answer(4_999), Err(DeviceRefusal::SlowDown { interval_s: 10 }));
        assert_eq!(poll.answer(60_000), Err(DeviceRefusal::Expired));
        assert_eq!(Poll { state: DeviceState::Used, ..poll }.answer(5_000), Err(DeviceRefusal::Used));
        assert_eq!(Poll { state: DeviceState::Pending, ..poll }.answer(5_000), Err(DeviceRefusal::Pending));
        assert_eq!(Poll { state: DeviceState::Denied, ..poll }.answer(5_000), Err(DeviceRefusal::Denied));
    }
}
