//! The chain of batches: which lines and events each batch of a lane wrote, and the bytes that its hash
//! covers. A batch's hash covers the hash before it, so that nothing of what was committed can be
//! changed, put in or taken out unseen. Computes no hash itself.
//!
//! Every lane has a chain of its own: lanes on one PostgreSQL commit side by side, and one chain for
//! all would make each wait for the others.

use std::fmt::{self, Display, Write as _};
use std::str::FromStr;

use crate::UnknownText;
use crate::books::Changes;
use crate::ids::{AccountId, ObjectId, ProcessId};
use crate::ledger::Entry;

/// SHA-256 over a batch and the hash before it.
pub type BatchHash = [u8; 32];

/// What the first batch of a lane is chained to.
pub const BEGINNING: BatchHash = [0; 32];

/// Numbers that follow each other: lines of one account, or events of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<Id> {
    /// Whose numbers.
    pub of: Id,
    /// The first of them.
    pub first: i64,
    /// The last of them.
    pub last: i64,
}

/// What a batch wrote, by what finds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchContents {
    /// Lines of accounts, in the order of these.
    pub entries: Vec<Span<AccountId>>,
    /// Events of objects, in the order of these.
    pub events: Vec<Span<ObjectId>>,
}

/// A batch without its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The process whose lane wrote it.
    pub lane: ProcessId,
    /// Its place in the lane's chain, from one on without gaps.
    pub sequence: i64,
    /// What it wrote.
    pub contents: BatchContents,
    /// When.
    pub created_at_ms: i64,
}

/// An event as the chain sees it: what is stored, text by text.
#[derive(Debug, Clone, Copy)]
pub struct HashedEvent<'a> {
    /// The object that it is about.
    pub object_id: ObjectId,
    /// Its number among the object's events.
    pub sequence: i64,
    /// Its id, application, environment, type and body.
    pub texts: [&'a str; 5],
    /// When it happened.
    pub created_at_ms: i64,
}

impl BatchContents {
    /// What these changes write.
    #[must_use]
    pub fn of(changes: &Changes) -> Self {
        Self {
            entries: spans(changes.entries.iter().map(|entry| (entry.account_id, entry.sequence)).collect()),
            events: spans(changes.events.iter().map(|event| (event.object.id(), event.sequence)).collect()),
        }
    }

    /// How many lines and how many events it names.
    #[must_use]
    pub fn counts(&self) -> (i64, i64) {
        (self.entries.iter().map(Span::count).sum(), self.events.iter().map(Span::count).sum())
    }
}

impl<Id> Span<Id> {
    /// How many numbers it spans.
    #[must_use]
    pub const fn count(&self) -> i64 {
        self.last.saturating_sub(self.first).saturating_add(1)
    }
}

/// Joins numbers that follow each other.
fn spans<Id: Ord + Copy>(mut numbers: Vec<(Id, i64)>) -> Vec<Span<Id>> {
    numbers.sort_unstable();
    let mut spans: Vec<Span<Id>> = Vec::new();
    for (of, number) in numbers {
        match spans.last_mut() {
            Some(span) if span.of == of && span.last + 1 == number => span.last = number,
            _ => spans.push(Span { of, first: number, last: number }),
        }
    }
    spans
}

/// The bytes that a batch's hash covers, in the order in which they come: the batch itself, its lines by
/// account and number, its events by object and number. Every text stands behind its length, so that no
/// two batches have the same bytes.
#[derive(Debug)]
pub struct HashedBytes(Vec<u8>);

impl HashedBytes {
    /// Begins with the batch and the hash before it.
    #[must_use]
    pub fn of(batch: &Batch, previous: &BatchHash) -> Self {
        let mut bytes = Self(previous.to_vec());
        bytes.text(&batch.lane.to_string());
        bytes.number(batch.sequence);
        bytes.number(batch.created_at_ms);
        bytes.text(&batch.contents.to_string());
        bytes
    }

    /// Adds a line of the book.
    pub fn entry(&mut self, entry: &Entry) {
        self.text(&entry.account_id.to_string());
        self.number(entry.sequence);
        self.text(&entry.posting_id.to_string());
        self.text(entry.rule.as_str());
        self.text(&entry.object_id.to_string());
        for number in [entry.amount_minor, entry.balance_after_minor, entry.created_at_ms] {
            self.number(number);
        }
    }

    /// Adds an event.
    pub fn event(&mut self, event: &HashedEvent<'_>) {
        self.text(&event.object_id.to_string());
        self.number(event.sequence);
        self.number(event.created_at_ms);
        for text in event.texts {
            self.text(text);
        }
    }

    /// All of them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn number(&mut self, number: i64) {
        self.0.extend(number.to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.0.extend((text.len() as u64).to_be_bytes());
        self.0.extend(text.as_bytes());
    }
}

impl Display for BatchContents {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_spans(&self.entries, out)?;
        out.write_char(';')?;
        write_spans(&self.events, out)
    }
}

fn write_spans<Id: Display>(spans: &[Span<Id>], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (position, Span { of, first, last }) in spans.iter().enumerate() {
        write!(out, "{}{of} {first} {last}", if position > 0 { "," } else { "" })?;
    }
    Ok(())
}

impl FromStr for BatchContents {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let unknown = UnknownText { kind: "BatchContents" };
        let (entries, events) = text.split_once(';').ok_or(unknown)?;
        Ok(Self { entries: read_spans(entries).ok_or(unknown)?, events: read_spans(events).ok_or(unknown)? })
    }
}

fn read_spans<Id: FromStr>(text: &str) -> Option<Vec<Span<Id>>> {
    let read = |span: &str| {
        let mut words = span.split(' ');
        let (of, first, last) = (words.next()?, words.next()?, words.next()?);
        let (of, first, last) = (of.parse().ok()?, first.parse().ok()?, last.parse().ok()?);
        (words.next().is_none() && first <= last).then_some(Span { of, first, last })
    };
    if text.is_empty() { Some(Vec::new()) } else { text.split(',').map(read).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PaymentId, PostingId};
    use crate::ledger::Rule;

    fn account(number: u8) -> AccountId {
        AccountId::from_parts(1_700_000_000_000, [number; 10])
    }

    fn payment(number: u8) -> ObjectId {
        ObjectId::Payment(PaymentId::from_parts(1_700_000_000_000, [number; 10]))
    }

    fn batch() -> Batch {
        Batch {
            lane: ProcessId::from_parts(1_700_000_000_000, [1; 10]),
            sequence: 3,
            contents: BatchContents {
                entries: vec![Span { of: account(1), first: 1, last: 9 }, Span { of: account(2), first: 4, last: 4 }],
                events: vec![Span { of: payment(1), first: 1, last: 2 }],
            },
            created_at_ms: 5,
        }
    }

    fn entry() -> Entry {
        Entry {
            account_id: account(1),
            sequence: 1,
            posting_id: PostingId::from_parts(0, [0; 10]),
            rule: Rule::Captured,
            object_id: payment(1),
            amount_minor: 7,
            balance_after_minor: 8,
            created_at_ms: 9,
        }
    }

    #[test]
    fn numbers_that_follow_each_other_are_joined() {
        let numbers = vec![(2, 7), (1, 2), (1, 1), (1, 4), (2, 8)];
        let joined: Vec<_> = spans(numbers).iter().map(|span| (span.of, span.first, span.last)).collect();
        assert_eq!(joined, [(1, 1, 2), (1, 4, 4), (2, 7, 8)]);
    }

    #[test]
    fn contents_are_read_back_from_their_text() {
        let contents = batch().contents;
        assert_eq!(contents.to_string().parse(), Ok(contents.clone()));
        assert_eq!(contents.counts(), (10, 2));
        assert_eq!(";".parse(), Ok(BatchContents::default()));
        let nonsense = ["", "x;", "acct_1 1 2;", &format!("{} 2 1;", account(1)), &format!("{} 1 2 3;", account(1))];
        for text in nonsense {
            assert!(text.parse::<BatchContents>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_field_counts() {
        let bytes = |batch: &Batch, entry: &Entry, body: &str| {
            let mut bytes = HashedBytes::of(batch, &BEGINNING);
            bytes.entry(entry);
            let texts = ["evt_1", "app_1", "sandbox", "payment.created", body];
            bytes.event(&HashedEvent { object_id: payment(1), sequence: 1, texts, created_at_ms: 5 });
            bytes.0
        };
        let stands = bytes(&batch(), &entry(), "{}");
        let batches: [fn(&mut Batch); 4] = [
            |batch| batch.lane = ProcessId::from_parts(0, [2; 10]),
            |batch| batch.sequence += 1,
            |batch| batch.contents.events[0].last += 1,
            |batch| batch.created_at_ms += 1,
        ];
        for change in batches {
            let mut changed = batch();
            change(&mut changed);
            assert_ne!(bytes(&changed, &entry(), "{}"), stands);
        }
        let entries: [fn(&mut Entry); 8] = [
            |entry| entry.account_id = account(3),
            |entry| entry.sequence += 1,
            |entry| entry.posting_id = PostingId::from_parts(0, [1; 10]),
            |entry| entry.rule = Rule::Refunded,
            |entry| entry.object_id = payment(2),
            |entry| entry.amount_minor += 1,
            |entry| entry.balance_after_minor += 1,
            |entry| entry.created_at_ms += 1,
        ];
        for change in entries {
            let mut changed = entry();
            change(&mut changed);
            assert_ne!(bytes(&batch(), &changed, "{}"), stands);
        }
        assert_ne!(bytes(&batch(), &entry(), "{ }"), stands);
        assert_ne!(HashedBytes::of(&batch(), &[1; 32]).0, HashedBytes::of(&batch(), &BEGINNING).0);
    }
}
