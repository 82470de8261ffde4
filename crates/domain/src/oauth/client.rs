//! What a client is to the authorization server: its kind, its profile with what that demands and
//! forbids, and for how long its tokens are good.

use crate::Environment;
use crate::ids::AppId;
use crate::text_enum::text_enum;

/// Whose codes, tokens and grants something is: an application in one of the two worlds. The
/// `client_id` on the wire is any of its usable `api_key`s, so that rotating a key ends no grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientId {
    /// The application.
    pub application_id: AppId,
    /// The world.
    pub environment: Environment,
}

text_enum! {
    /// Whether a client can keep a secret (RFC 6749, 2.1).
    ClientKind {
        /// Runs where only its owner reaches it.
        Confidential => "confidential",
        /// Runs on somebody else's device: it proves nothing by a secret.
        Public => "public",
    }
}

text_enum! {
    /// How a client shows who it is.
    AuthMethod {
        /// Key and secret as user and password of HTTP Basic.
        ClientSecretBasic => "client_secret_basic",
        /// Key and secret in the form.
        ClientSecretPost => "client_secret_post",
        /// An assertion signed with a key whose public half is registered (RFC 7523).
        PrivateKeyJwt => "private_key_jwt",
        /// By nothing but its name.
        None => "none",
    }
}

text_enum! {
    /// The set of rules that a client has chosen.
    Profile {
        /// OAuth 2.1.
        Oauth21 => "oauth2.1",
        /// The FAPI 2.0 security profile.
        Fapi2 => "fapi2",
    }
}

impl Profile {
    /// Whether a client of this profile and kind may show itself this way.
    #[must_use]
    pub const fn allows(self, kind: ClientKind, method: AuthMethod) -> bool {
        match (self, method) {
            (Self::Fapi2, AuthMethod::PrivateKeyJwt) => matches!(kind, ClientKind::Confidential),
            (Self::Fapi2, _) => false,
            (Self::Oauth21, AuthMethod::None) => matches!(kind, ClientKind::Public),
            (Self::Oauth21, _) => true,
        }
    }

    /// Whether authorization requests have to be pushed first (FAPI 2.0, 5.3.2.2).
    #[must_use]
    pub const fn demands_pushed_requests(self) -> bool {
        matches!(self, Self::Fapi2)
    }

    /// Whether tokens have to be bound to a key of the client.
    #[must_use]
    pub const fn demands_bound_tokens(self) -> bool {
        matches!(self, Self::Fapi2)
    }

    /// Whether using a refresh token replaces it. FAPI 2.0 forbids it: the client's key
    /// protects them, and a lost answer would lose the grant.
    #[must_use]
    pub const fn rotates_refresh_tokens(self) -> bool {
        matches!(self, Self::Oauth21)
    }

    /// Whether plain HTTP may be used for redirects to the client's own machine.
    #[must_use]
    pub const fn allows_loopback_redirects(self) -> bool {
        matches!(self, Self::Oauth21)
    }
}

/// For how long the tokens of a client are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    access_token_s: u32,
    refresh_token_s: u32,
    grant_s: u32,
}

/// A lifetime lies outside of its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a lifetime lies outside of its bounds")]
pub struct LifetimeRefusal;

const DAY_S: u32 = 24 * 60 * 60;

impl Lifetimes {
    /// An access token is good for a minute up to an hour.
    pub const ACCESS_TOKEN_S: std::ops::RangeInclusive<u32> = 60..=3_600;
    /// A refresh token that is not used is good for an hour up to a year.
    pub const REFRESH_TOKEN_S: std::ops::RangeInclusive<u32> = 3_600..=365 * DAY_S;
    /// A consent is good for an hour up to a year.
    pub const GRANT_S: std::ops::RangeInclusive<u32> = 3_600..=365 * DAY_S;

    /// Lifetimes within the bounds.
    pub fn new(access_token_s: u32, refresh_token_s: u32, grant_s: u32) -> Result<Self, LifetimeRefusal> {
        let fits = Self::ACCESS_TOKEN_S.contains(&access_token_s)
            && Self::REFRESH_TOKEN_S.contains(&refresh_token_s)
            && Self::GRANT_S.contains(&grant_s);
        if fits { Ok(Self { access_token_s, refresh_token_s, grant_s }) } else { Err(LifetimeRefusal) }
    }

    /// Seconds of an access token.
    #[must_use]
    pub const fn access_token_s(self) -> u32 {
        self.access_token_s
    }

    /// Seconds of a refresh token that is not used.
    #[must_use]
    pub const fn refresh_token_s(self) -> u32 {
        self.refresh_token_s
    }

    /// Seconds of what a holder consents to.
    #[must_use]
    pub const fn grant_s(self) -> u32 {
        self.grant_s
    }
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { access_token_s: 600, refresh_token_s: 30 * DAY_S, grant_s: 90 * DAY_S }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fapi_takes_signed_assertions_and_nothing_else() {
        let allowed: Vec<_> =
            AuthMethod::ALL.iter().filter(|method| Profile::Fapi2.allows(ClientKind::Confidential, **method)).collect();
        assert_eq!(allowed, [&AuthMethod::PrivateKeyJwt]);
        assert!(AuthMethod::ALL.iter().all(|method| !Profile::Fapi2.allows(ClientKind::Public, *method)));
    }

    #[test]
    fn only_public_clients_show_nothing() {
        assert!(Profile::Oauth21.allows(ClientKind::Public, AuthMethod::None));
        assert!(!Profile::Oauth21.allows(ClientKind::Confidential, AuthMethod::None));
    }

    #[test]
    fn lifetimes_have_bounds() {
        assert!(Lifetimes::new(60, 3_600, 3_600).is_ok());
        for (access, refresh, grant) in
            [(59, 3_600, 3_600), (3_601, 3_600, 3_600), (60, 3_599, 3_600), (60, 3_600, 366 * DAY_S)]
        {
            assert_eq!(Lifetimes::new(access, refresh, grant), Err(LifetimeRefusal));
        }
        let Lifetimes { access_token_s, refresh_token_s, grant_s } = Lifetimes::default();
        assert!(Lifetimes::new(access_token_s, refresh_token_s, grant_s).is_ok());
    }
}
