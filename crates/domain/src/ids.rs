//! Prefixed, time-ordered ids: `pay_01k…`. Owns their text form; makes none by itself, because the
//! time and the random bytes come from the caller.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_LENGTH: usize = 26;

/// How many random bytes an id takes.
pub const RANDOM_BYTES: usize = 10;

/// Why a text is not an id of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_… with 26 lower-case base32 characters")]
pub struct InvalidId {
    /// The prefix that the id should have had.
    pub prefix: &'static str,
}

/// 48 bits of milliseconds, then 80 random bits: ids of one kind sort by the time they were made.
fn compose(now_ms: i64, random: [u8; RANDOM_BYTES]) -> u128 {
    let millis = u128::from(now_ms.max(0).unsigned_abs()) & 0xffff_ffff_ffff;
    random.iter().fold(millis, |value, byte| (value << 8) | u128::from(*byte))
}

fn write_base32(value: u128, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = [0u8; TEXT_LENGTH];
    for (position, character) in text.iter_mut().enumerate() {
        let shift = 5 * (TEXT_LENGTH - 1 - position);
        *character = ALPHABET[((value >> shift) & 31) as usize];
    }
    out.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

fn read_base32(text: &str) -> Option<u128> {
    if text.len() != TEXT_LENGTH || !matches!(text.as_bytes()[0], b'0'..=b'7') {
        return None;
    }
    text.bytes().try_fold(0u128, |value, byte| {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)?;
        Some((value << 5) | digit as u128)
    })
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// What stands before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Makes an id from the time and fresh random bytes.
            #[must_use]
            pub fn from_parts(now_ms: i64, random: [u8; RANDOM_BYTES]) -> Self {
                Self(compose(now_ms, random))
            }

            /// The last 64 of its random bits, to decide what does not matter by.
            #[must_use]
            pub fn random(self) -> u64 {
                u64::try_from(self.0 & u128::from(u64::MAX)).unwrap_or_default()
            }

            /// When the id was made.
            #[must_use]
            pub fn made_at_ms(self) -> i64 {
                i64::try_from(self.0 >> 80).unwrap_or(i64::MAX)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!($prefix, "_"))?;
                write_base32(self.0, out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(read_base32)
                    .map(Self)
                    .ok_or(InvalidId { prefix: $prefix })
            }
        }
    };
}

id!(
    /// A developer or an administrator of the portal.
    DeveloperId, "dev"
);
id!(
    /// An application of a developer.
    AppId, "app"
);
id!(
    /// A team: the people who share applications.
    TeamId, "team"
);
id!(
    /// An announcement at the top of pages.
    AnnouncementId, "ann"
);
id!(
    /// A plan, which says how often applications may call.
    PlanId, "pln"
);
id!(
    /// An invitation into a team.
    InvitationId, "inv"
);
id!(
    /// A public key of an application; also the `keyid` of signatures made with its private key.
    PublicKeyId, "pk"
);
id!(
    /// A mail on its way out.
    MailId, "mail"
);
id!(
    /// A document of a submission for approval.
    DocumentId, "doc"
);
id!(
    /// The public half of an application's credentials; also the `keyid` of its signatures.
    ApiKey, "ak"
);
id!(
    /// An account holder: a person or a business whose money is moved.
    HolderId, "hld"
);
id!(
    /// What an account holder gave an application.
    GrantId, "gnt"
);
id!(
    /// A payment.
    PaymentId, "pay"
);
id!(
    /// A refund of a payment.
    RefundId, "rfd"
);
id!(
    /// A transfer from one account to another.
    TransferId, "trf"
);
id!(
    /// Money that an application puts into its balance.
    TopUpId, "top"
);
id!(
    /// Money that an application takes out of its balance.
    WithdrawalId, "wdl"
);
id!(
    /// An account of the ledger.
    AccountId, "acct"
);
id!(
    /// The entries that one business fact made together.
    PostingId, "pst"
);
id!(
    /// One line of an account.
    EntryId, "ent"
);
id!(
    /// An event: something that happened to an object.
    EventId, "evt"
);
id!(
    /// One HTTP request, as it stands in the `Request-Id` header and in the logs.
    RequestId, "req"
);
id!(
    /// A running server.
    ProcessId, "prc"
);
id!(
    /// A key of the platform itself: it signs tokens and answers, or encrypts secrets at rest.
    PlatformKeyId, "key"
);

impl EntryId {
    /// The line that a posting wrote on an account: it writes one on each of its accounts, so the two name it.
    #[must_use]
    pub fn of(posting: PostingId, account: AccountId) -> Self {
        const RANDOM: u128 = (1 << 80) - 1;
        Self(posting.0 ^ (account.0 & RANDOM))
    }
}

/// What something can happen to: the objects that have events, entries and idempotent answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectId {
    /// A payment.
    Payment(PaymentId),
    /// A refund.
    Refund(RefundId),
    /// A transfer.
    Transfer(TransferId),
    /// A top-up.
    TopUp(TopUpId),
    /// A withdrawal.
    Withdrawal(WithdrawalId),
}

impl ObjectId {
    /// The last 64 of its random bits, to decide what does not matter by.
    #[must_use]
    pub fn random(self) -> u64 {
        match self {
            Self::Payment(id) => id.random(),
            Self::Refund(id) => id.random(),
            Self::Transfer(id) => id.random(),
            Self::TopUp(id) => id.random(),
            Self::Withdrawal(id) => id.random(),
        }
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Payment(id) => id.fmt(out),
            Self::Refund(id) => id.fmt(out),
            Self::Transfer(id) => id.fmt(out),
            Self::TopUp(id) => id.fmt(out),
            Self::Withdrawal(id) => id.fmt(out),
        }
    }
}

impl FromStr for ObjectId {
    type Err = crate::UnknownText;

    fn from_str(text: &str) -> Result<Self, crate::UnknownText> {
        let prefix = text.split('_').next().unwrap_or_default();
        let known = match prefix {
            PaymentId::PREFIX => text.parse().map(Self::Payment),
            RefundId::PREFIX => text.parse().map(Self::Refund),
            TransferId::PREFIX => text.parse().map(Self::Transfer),
            TopUpId::PREFIX => text.parse().map(Self::TopUp),
            WithdrawalId::PREFIX => text.parse().map(Self::Withdrawal),
            _ => return Err(crate::UnknownText { kind: "ObjectId" }),
        };
        known.map_err(|_| crate::UnknownText { kind: "ObjectId" })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_form_is_read_back(now_ms in 0i64..(1 << 47), random: [u8; RANDOM_BYTES]) {
            let id = PaymentId::from_parts(now_ms, random);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(id.made_at_ms(), now_ms);
        }

        #[test]
        fn later_ids_sort_after_earlier_ones(now_ms in 0i64..(1 << 47), a: [u8; RANDOM_BYTES], b: [u8; RANDOM_BYTES]) {
            let earlier = PaymentId::from_parts(now_ms, a);
            let later = PaymentId::from_parts(now_ms + 1, b);
            prop_assert!(earlier < later);
            prop_assert!(earlier.to_string() < later.to_string());
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".*") {
            let _ = text.parse::<PaymentId>();
            let _ = format!("pay_{text}").parse::<PaymentId>();
        }
    }

    #[test]
    fn lines_of_a_posting_have_ids_of_their_own_and_its_time() {
        let posting = PostingId::from_parts(1_700_000_000_000, [7; RANDOM_BYTES]);
        let [one, other] = [1, 2].map(|byte| AccountId::from_parts(1_600_000_000_000, [byte; RANDOM_BYTES]));
        let ids = [one, other].map(|account| EntryId::of(posting, account));
        assert_ne!(ids[0], ids[1]);
        assert_eq!(ids.map(EntryId::made_at_ms), [1_700_000_000_000; 2]);
        assert_ne!(ids[0], EntryId::of(PostingId::from_parts(1_700_000_000_000, [8; RANDOM_BYTES]), one));
        assert_eq!(ids[0].to_string().parse(), Ok(ids[0]));
    }

    #[test]
    fn another_kinds_id_is_refused() {
        let id = PaymentId::from_parts(1_700_000_000_000, [7; RANDOM_BYTES]).to_string();
        assert_eq!(id.parse::<AppId>(), Err(InvalidId { prefix: "app" }));
    }

    #[test]
    fn only_the_canonical_spelling_is_an_id() {
        let id = PaymentId::from_parts(1_700_000_000_000, [0xff; RANDOM_BYTES]).to_string();
        assert!(id.to_uppercase().parse::<PaymentId>().is_err());
        assert!(format!("{id} ").parse::<PaymentId>().is_err());
        assert!("pay_8zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<PaymentId>().is_err());
        assert!("pay_0000000000000000000000000l".parse::<PaymentId>().is_err());
    }
}
