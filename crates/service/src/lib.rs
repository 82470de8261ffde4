//! Tallyport's use cases and transactions, and its ports to the outside.
//!
//! A use case decides what a caller may do, in one place for REST handlers and server functions
//! alike. It knows no HTTP; it works out nothing that the domain could work out without it.

pub mod admin;
pub mod announcements;
pub mod answers;
pub mod applications;
pub mod approval;
pub mod audit;
pub mod authorization;
pub mod caller;
pub mod channels;
pub mod console;
mod contradictions;
pub mod credentials;
pub mod encryption;
pub mod error;
pub mod events;
pub mod fees;
pub mod holders;
pub mod identity;
pub mod key_rotation;
pub mod lane;
pub mod ledger;
pub mod mail;
pub mod movements;
pub mod payer;
pub mod payer_pages;
pub mod payments;
pub mod plans;
mod platform_keys;
pub mod ports;
pub mod public_keys;
mod rate_limits;
mod recent;
mod repeat;
pub mod sandbox_clock;
pub mod secrets;
mod seed;
pub mod settings;
pub mod signatures;
mod start;
pub mod switched_off;
pub mod teams;
pub mod tokens;
pub mod try_it;
pub mod verify;
mod workers;

use std::collections::HashMap;
use std::sync::Arc;

use tallyport_domain::TokenAlgorithm;
use tallyport_domain::announcement::Announcement;
use tallyport_domain::ids::{PlanId, ProcessId};
use tallyport_domain::plan::Plan;
use tallyport_domain::settings::Settings;
use tallyport_storage::Db;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::admin::PaymentsToday;
use crate::approval::StandingCache;
use crate::authorization::ClientCache;
use crate::channels::Channels;
use crate::credentials::{CredentialCache, LastUses};
use crate::encryption::EncryptionKeys;
use crate::identity::Throttle;
use crate::identity::outside::OutsideProvider;
use crate::lane::Lane;
use crate::ports::{Clock, Randomness};
use crate::public_keys::PublicKeyCache;
use crate::rate_limits::RateLimits;
use crate::recent::Recent;
use crate::secrets::{PasswordCost, Passwords, Vault};
use crate::switched_off::SwitchedOffOperations;
use crate::tokens::{PublicKey, RevocationCache, SigningKeys, TokenCache};
use crate::workers::{Draining, DuePlaces};

pub use caller::{CallFrom, Caller, Member};
pub use error::ServiceError;
pub use tallyport_storage::application_icons::IconRecord;
pub use tallyport_storage::applications::{
    ApplicationOfMember, ApplicationOrder, ApplicationRecord, ApplicationSearch, FoundApplication,
};
pub use tallyport_storage::credentials::{CredentialRecord, ListedCredential};
pub use tallyport_storage::ledger::{ENTRIES_OF_OBJECT_MAX, EntryRecord};
pub use tallyport_storage::public_keys::{PublicKeyOfApplication, PublicKeyRecord};
pub use tallyport_storage::team_invitations::{InvitationRecord, OpenInvitation};
pub use tallyport_storage::teams::{MembershipRecord, TeamMemberRecord, TeamRecord};

/// What the services are started with.
pub struct Options {
    /// The database, migrated.
    pub db: Db,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub randomness: Arc<dyn Randomness>,
    /// The operator's key, under which everything secret in the database lies.
    pub key_encryption_key: Zeroizing<[u8; 32]>,
    /// The operator's key before that one, while there may be something under it.
    pub previous_key_encryption_key: Option<Zeroizing<[u8; 32]>>,
    /// Where the platform is reached from outside, such as `https://pay.example`.
    pub public_url: String,
    /// How mail leaves.
    pub mail: mail::Transport,
    /// The outside provider that people may sign in with.
    pub outside_provider: Option<OutsideProvider>,
    /// What hashing a password costs.
    pub password_cost: PasswordCost,
    /// How tokens are signed.
    pub token_algorithm: TokenAlgorithm,
}

/// Every use case. Cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    vault: Vault,
    signing_keys: SigningKeys,
    token_algorithm: TokenAlgorithm,
    answer_keys: SigningKeys,
    encryption_keys: EncryptionKeys,
    renewing_platform_key: Mutex<()>,
    passwords: Passwords,
    throttle: Throttle,
    credential_cache: CredentialCache,
    public_key_cache: PublicKeyCache,
    last_uses: LastUses,
    token_cache: TokenCache,
    settings: Recent<Settings>,
    announcements: Recent<[Announcement]>,
    plans: Recent<HashMap<PlanId, Plan>>,
    switched_off: Recent<SwitchedOffOperations>,
    payments_today: PaymentsToday,
    standing_cache: StandingCache,
    revocation_cache: RevocationCache,
    client_cache: ClientCache,
    lane: Lane,
    channels: Channels,
    rate_limits: RateLimits,
    process_id: ProcessId,
    due_places: DuePlaces,
    draining: Draining,
    public_url: String,
    mail: mail::Transport,
    outside_provider: Option<OutsideProvider>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Services").field("public_url", &self.0.public_url).finish_non_exhaustive()
    }
}

impl Services {
    /// The database, for those who serve its state: health, sessions.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The time, as everything here sees it.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Random bytes, as everything here draws them.
    #[must_use]
    pub fn randomness(&self) -> &dyn Randomness {
        &*self.0.randomness
    }

    /// Where the platform is reached from outside, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// Whether mail stays on this machine, to be read in the local mailbox.
    #[must_use]
    pub fn mail_is_local(&self) -> bool {
        self.0.mail.is_local()
    }

    /// The issuer of tokens.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.public_url
    }

    /// The keys that others may check our tokens and our answers with.
    #[must_use]
    pub fn public_keys(&self) -> Vec<PublicKey> {
        let mut keys = self.0.signing_keys.public(self.clock().now_ms());
        keys.extend(self.0.answer_keys.public(self.clock().now_ms()));
        keys
    }

    /// The algorithms of tokens that are good right now, each once.
    #[must_use]
    pub fn token_algorithms(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.0.signing_keys.public(self.clock().now_ms()).iter().map(|key| key.alg).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// How many passwords this process has hashed or checked. Each costs the same, so where two
    /// answers cost equally many, nobody can tell them apart by the time.
    #[must_use]
    pub fn hashed_passwords(&self) -> u64 {
        self.passwords().computed()
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub(crate) fn signing_keys(&self) -> &SigningKeys {
        &self.0.signing_keys
    }

    pub(crate) fn token_algorithm(&self) -> TokenAlgorithm {
        self.0.token_algorithm
    }

    pub(crate) fn answer_keys(&self) -> &SigningKeys {
        &self.0.answer_keys
    }

    pub(crate) fn encryption_keys(&self) -> &EncryptionKeys {
        &self.0.encryption_keys
    }

    pub(crate) fn renewing_platform_key(&self) -> &Mutex<()> {
        &self.0.renewing_platform_key
    }

    pub(crate) fn outside_provider(&self) -> Option<&OutsideProvider> {
        self.0.outside_provider.as_ref()
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) fn credential_cache(&self) -> &CredentialCache {
        &self.0.credential_cache
    }

    pub(crate) fn public_key_cache(&self) -> &PublicKeyCache {
        &self.0.public_key_cache
    }

    pub(crate) fn last_uses(&self) -> &LastUses {
        &self.0.last_uses
    }

    pub(crate) fn token_cache(&self) -> &TokenCache {
        &self.0.token_cache
    }

    pub(crate) fn recent_settings(&self) -> &Recent<Settings> {
        &self.0.settings
    }

    pub(crate) fn recent_announcements(&self) -> &Recent<[Announcement]> {
        &self.0.announcements
    }

    pub(crate) fn recent_plans(&self) -> &Recent<HashMap<PlanId, Plan>> {
        &self.0.plans
    }

    pub(crate) fn recently_switched_off(&self) -> &Recent<SwitchedOffOperations> {
        &self.0.switched_off
    }

    pub(crate) fn payments_today(&self) -> &PaymentsToday {
        &self.0.payments_today
    }

    pub(crate) fn standing_cache(&self) -> &StandingCache {
        &self.0.standing_cache
    }

    pub(crate) fn rate_limits(&self) -> &RateLimits {
        &self.0.rate_limits
    }

    pub(crate) fn process_id(&self) -> ProcessId {
        self.0.process_id
    }

    pub(crate) fn revocation_cache(&self) -> &RevocationCache {
        &self.0.revocation_cache
    }

    pub(crate) fn client_cache(&self) -> &ClientCache {
        &self.0.client_cache
    }

    pub(crate) fn lane(&self) -> &Lane {
        &self.0.lane
    }
}
