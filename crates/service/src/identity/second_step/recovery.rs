//! Recovery codes: eighty random bits each, in letters and digits that nobody confuses.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::recovery_codes::CodeHash;
use zeroize::Zeroizing;

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::{Randomness, random_bytes};
use crate::secrets::Place;

/// How many there are.
pub const RECOVERY_CODES: usize = 10;

/// Five bits each; without the letters i, l, o and u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const CODE_LETTERS: usize = 16;
const GROUP_LETTERS: usize = 4;

/// Fresh codes, shown once.
pub struct RecoveryCodes(Vec<Zeroizing<String>>);

impl RecoveryCodes {
    pub(super) fn draw(randomness: &dyn Randomness) -> Self {
        Self((0..RECOVERY_CODES).map(|_| code(randomness)).collect())
    }

    /// The codes as they are shown.
    #[must_use]
    pub fn reveal(&self) -> &[Zeroizing<String>] {
        &self.0
    }

    pub(super) fn hashes(&self, id: DeveloperId) -> Vec<CodeHash> {
        self.0.iter().filter_map(|code| hash(id, code)).collect()
    }
}

/// Where codes lie sealed between the form that made them and the page that shows them.
fn place(row: &str) -> Place<'_> {
    Place { table: "sessions", column: "data", row }
}

impl Services {
    /// Seals codes for the session that is about to show them.
    #[must_use]
    pub fn seal_recovery_codes(&self, member: &Member, codes: &RecoveryCodes) -> String {
        let text = Zeroizing::new(codes.0.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("\n"));
        let id = member.developer_id.to_string();
        BASE64.encode(self.vault().seal(place(&id), text.as_bytes(), self.randomness()))
    }

    /// Opens what was sealed for the member's session.
    pub async fn open_recovery_codes(
        &self,
        member: &Member,
        sealed: &str,
    ) -> Result<Vec<Zeroizing<String>>, ServiceError> {
        let broken = ServiceError::broken("sealed recovery codes cannot be read");
        let Ok(bytes) = BASE64.decode(sealed) else { return Err(broken) };
        let text = self.open(place(&member.developer_id.to_string()), &bytes).await?;
        let Ok(text) = std::str::from_utf8(&text) else { return Err(broken) };
        Ok(text.lines().map(|line| Zeroizing::new(line.to_owned())).collect())
    }
}

fn code(randomness: &dyn Randomness) -> Zeroizing<String> {
    let random: Zeroizing<[u8; CODE_LETTERS]> = Zeroizing::new(random_bytes(randomness));
    let mut text = Zeroizing::new(String::with_capacity(CODE_LETTERS + CODE_LETTERS / GROUP_LETTERS));
    for (position, byte) in random.iter().enumerate() {
        if position > 0 && position % GROUP_LETTERS == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(byte & 31)]));
    }
    text
}

/// What is kept of a code, as somebody types it: case, spaces and dashes do not count. None when it
/// cannot be one.
pub(super) fn hash(id: DeveloperId, typed: &str) -> Option<CodeHash> {
    let mut text = Zeroizing::new(id.to_string());
    let letters = typed.chars().filter(|letter| !matches!(letter, ' ' | '-')).map(|letter| letter.to_ascii_lowercase());
    let mut count = 0;
    for letter in letters {
        let is_ours = u8::try_from(letter).is_ok_and(|letter| ALPHABET.contains(&letter));
        count += 1;
        if !is_ours || count > CODE_LETTERS {
            return None;
        }
        text.push(letter);
    }
    if count != CODE_LETTERS {
        return None;
    }
    let mut hash = CodeHash::default();
    hash.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandomness;

    #[test]
    fn codes_are_all_different_and_read_however_they_are_typed() {
        let id = DeveloperId::from_parts(1, [1; 10]);
        let codes = RecoveryCodes::draw(&SeededRandomness::new(1));
        let mut hashes = codes.hashes(id);
        assert_eq!(hashes.len(), RECOVERY_CODES);
        let typed = codes.reveal()[0].to_uppercase().replace('-', " ");
        assert_eq!(hash(id, &typed), Some(hashes[0]));
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), RECOVERY_CODES);
        // The same code of somebody else is another.
        assert_ne!(hash(DeveloperId::from_parts(2, [1; 10]), &typed), hash(id, &typed));
    }

    #[test]
    fn what_is_no_code_has_no_hash() {
        let id = DeveloperId::from_parts(1, [1; 10]);
        for text in ["", "123456", "0000-0000-0000-000", "0000-0000-0000-0000-0", "oooo-oooo-oooo-oooo", "支支支支"]
        {
            assert_eq!(hash(id, text), None, "{text}");
        }
    }
}
