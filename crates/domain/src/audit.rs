//! The audit log: who did what to what, chained by hashes. Owns what an entry says and the bytes that
//! its hash covers; computes no hash itself.

use crate::text_enum::text_enum;

/// SHA-256 over an entry and the hash before it.
pub type EntryHash = [u8; 32];

/// What the first entry is chained to.
pub const BEGINNING: EntryHash = [0; 32];

text_enum! {
    /// What kind of somebody did it.
    ActorKind {
        /// A person with a session; the actor is a developer's id.
        Person => "person",
        /// An account holder with a session; the actor is the holder's id.
        Holder => "holder",
        /// An application by its token; the actor is the application's id.
        Application => "application",
        /// Somebody at the machine's command line; the actor is the command.
        Command => "command",
        /// The platform by itself; the actor is the worker's name.
        Platform => "platform",
    }
}

/// One entry, without its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log, from one on without gaps.
    pub sequence: i64,
    /// What kind of somebody it was.
    pub actor_kind: ActorKind,
    /// Who it was.
    pub actor: String,
    /// What was done, such as `application.renamed`.
    pub action: String,
    /// To what: an id.
    pub object: String,
    /// What else is worth knowing, as a JSON object. Never a secret.
    pub detail: String,
    /// From where: an address, or nothing for the machine itself.
    pub network: String,
    /// When.
    pub created_at_ms: i64,
}

impl Entry {
    /// The bytes that the entry's hash covers: the hash before it, then every field behind its
    /// length, so that no two entries have the same bytes.
    #[must_use]
    pub fn hashed_bytes(&self, previous: &EntryHash) -> Vec<u8> {
        let texts = [self.actor_kind.as_str(), &self.actor, &self.action, &self.object, &self.detail, &self.network];
        let mut bytes = previous.to_vec();
        bytes.extend(self.sequence.to_be_bytes());
        bytes.extend(self.created_at_ms.to_be_bytes());
        for text in texts {
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            sequence: 7,
            actor_kind: ActorKind::Person,
            actor: "dev_1".to_owned(),
            action: "application.renamed".to_owned(),
            object: "app_1".to_owned(),
            detail: "{}".to_owned(),
            network: "192.0.2.1".to_owned(),
            created_at_ms: 5,
        }
    }

    #[test]
    fn every_field_counts() {
        let changes: [fn(&mut Entry); 8] = [
            |entry| entry.sequence += 1,
            |entry| entry.actor_kind = ActorKind::Command,
            |entry| entry.actor.push('1'),
            |entry| entry.action.push('1'),
            |entry| entry.object.push('1'),
            |entry| entry.detail.push('1'),
            |entry| entry.network.push('1'),
            |entry| entry.created_at_ms += 1,
        ];
        let bytes = entry().hashed_bytes(&BEGINNING);
        for change in changes {
            let mut changed = entry();
            change(&mut changed);
            assert_ne!(changed.hashed_bytes(&BEGINNING), bytes);
        }
        assert_ne!(entry().hashed_bytes(&[1; 32]), bytes);
    }

    #[test]
    fn text_cannot_move_from_one_field_to_the_next() {
        let mut moved = entry();
        moved.actor = "dev_1a".to_owned();
        moved.action = "pplication.renamed".to_owned();
        assert_ne!(moved.hashed_bytes(&BEGINNING), entry().hashed_bytes(&BEGINNING));
    }
}
