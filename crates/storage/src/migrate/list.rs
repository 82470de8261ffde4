//! The migrations that this binary holds, oldest first. A text is never changed once released: a
//! change of the schema is another text.

/// One text of the schema's history.
#[derive(Debug)]
pub(super) struct Migration {
    pub(super) version: i64,
    pub(super) name: &'static str,
    pub(super) sql: &'static str,
}

macro_rules! migrations {
    ($($file:literal: $version:literal $name:literal,)+) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../../../../migrations/", $file, "_", $name, ".sql")),
        },)+]
    };
}

pub(super) const MIGRATIONS: &[Migration] = migrations! {
    "0001": 1 "platform",
    "0002": 2 "people",
    "0003": 3 "applications",
    "0004": 4 "ledger",
    "0005": 5 "payments",
    "0006": 6 "approval",
    "0007": 7 "authorization",
    "0008": 8 "holds",
    "0009": 9 "searches",
    "0010": 10 "rarities",
};

impl Migration {
    pub(super) fn checksum(&self) -> String {
        checksum(self.sql)
    }
}

/// FNV-1a over a text: it finds edits, not forgeries. Line ends do not count, because a checkout may
/// change them.
pub(super) fn checksum(text: &str) -> String {
    let bytes = text.bytes().filter(|byte| *byte != b'\r');
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_from_one() {
        for (position, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version, i64::try_from(position).unwrap() + 1);
        }
    }

    #[test]
    fn checksum_sees_edits_but_not_line_ends() {
        let checksum = |sql| Migration { version: 1, name: "t", sql }.checksum();
        assert_eq!(checksum("a\nb"), checksum("a\r\nb"));
        assert_ne!(checksum("a\nb"), checksum("a\nc"));
    }
}
