//! Refresh tokens: each use replaces the token, and a token that comes again ends its whole family,
//! except for a moment in which the answer may have been lost.

use super::client::{ClientId, Profile};

/// For how long after its use a token may come again and get the same answer.
pub const GRACE_MS: i64 = 10_000;

/// What is known of a token that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptToken {
    /// Whose it is.
    pub client: ClientId,
    /// The key that it is bound to, by its thumbprint.
    pub jkt: Option<String>,
    /// From when on it is not good any more.
    pub expires_at_ms: i64,
    /// When it was replaced, if it was.
    pub replaced_at_ms: Option<i64>,
    /// Whether the token that replaced it was used already: then its answer arrived.
    pub successor_was_used: bool,
}

/// Who comes with it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Who it is.
    pub client: ClientId,
    /// By which rules they go.
    pub profile: Profile,
    /// The key that they have shown to have.
    pub jkt: Option<&'a str>,
    /// When they come.
    pub now_ms: i64,
}

/// What happens with the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// A new one takes its place.
    Replace,
    /// Its successor is handed out once more: the answer was lost.
    HandOutSuccessorAgain,
    /// It stays: its client's profile binds it to the client's key and wants it so.
    Keep,
}

/// Why a refresh token gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefreshRefusal {
    /// It is somebody else's. Nothing happens to its family.
    #[error("The refresh token is not good.")]
    AnotherClient,
    /// It is bound to another key.
    #[error("The refresh token is bound to another DPoP key.")]
    Key,
    /// It was replaced and comes again: the whole family has to end.
    #[error("The refresh token was used before; everything that came from it is revoked.")]
    Reused,
    /// It was not used for too long.
    #[error("The refresh token has expired.")]
    Expired,
}

impl KeptToken {
    /// What happens when the token comes.
    pub fn turn(&self, shown: &Shown<'_>) -> Result<Turn, RefreshRefusal> {
        if shown.client != self.client {
            return Err(RefreshRefusal::AnotherClient);
        }
        if self.jkt.is_some() && shown.jkt != self.jkt.as_deref() {
            return Err(RefreshRefusal::Key);
        }
        if let Some(replaced_at_ms) = self.replaced_at_ms {
            let in_grace = shown.now_ms < replaced_at_ms + GRACE_MS && !self.successor_was_used;
            return if in_grace { Ok(Turn::HandOutSuccessorAgain) } else { Err(RefreshRefusal::Reused) };
        }
        if shown.now_ms >= self.expires_at_ms {
            return Err(RefreshRefusal::Expired);
        }
        Ok(if shown.profile.rotates_refresh_tokens() { Turn::Replace } else { Turn::Keep })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;
    use crate::ids::AppId;

    const CLIENT: fn(u8) -> ClientId =
        |seed| ClientId { application_id: AppId::from_parts(1, [seed; 10]), environment: Environment::Sandbox };

    fn fresh() -> KeptToken {
        KeptToken {
            client: CLIENT(1),
            jkt: None,
            expires_at_ms: 100_000,
            replaced_at_ms: None,
            successor_was_used: false,
        }
    }

    fn shown(now_ms: i64) -> Shown<'static> {
        Shown { client: CLIENT(1), profile: Profile::Oauth21, jkt: None, now_ms }
    }

    #[test]
    fn a_fresh_token_is_replaced_until_it_expires() {
        assert_eq!(fresh().turn(&shown(99_999)), Ok(Turn::Replace));
        assert_eq!(fresh().turn(&shown(100_000)), Err(RefreshRefusal::Expired));
    }

    #[test]
    fn a_lost_answer_is_given_again_for_a_moment_only() {
        let replaced = KeptToken { replaced_at_ms: Some(0), ..fresh() };
        assert_eq!(replaced.turn(&shown(GRACE_MS - 1)), Ok(Turn::HandOutSuccessorAgain));
        assert_eq!(replaced.turn(&shown(GRACE_MS)), Err(RefreshRefusal::Reused));
        let arrived = KeptToken { successor_was_used: true, ..replaced };
        assert_eq!(arrived.turn(&shown(1)), Err(RefreshRefusal::Reused));
    }

    #[test]
    fn another_client_cannot_end_the_family() {
        let replaced = KeptToken { replaced_at_ms: Some(0), successor_was_used: true, ..fresh() };
        let thief = Shown { client: CLIENT(2), ..shown(1) };
        assert_eq!(replaced.turn(&thief), Err(RefreshRefusal::AnotherClient));
    }

    #[test]
    fn a_token_of_fapi_stays() {
        assert_eq!(fresh().turn(&Shown { profile: Profile::Fapi2, ..shown(1) }), Ok(Turn::Keep));
    }

    #[test]
    fn a_bound_token_needs_its_key() {
        let bound = KeptToken { jkt: Some("key".to_owned()), ..fresh() };
        let with = |jkt| Shown { jkt, ..shown(1) };
        assert_eq!(bound.turn(&with(Some("key"))), Ok(Turn::Replace));
        assert_eq!(bound.turn(&with(None)), Err(RefreshRefusal::Key));
        assert_eq!(bound.turn(&with(Some("other"))), Err(RefreshRefusal::Key));
    }
}
