//! Where two bodies differ, for the answer to a reused idempotency key.
//!
//! Places are named, values are not: the caller may not be the one who sent the first body.

use super::pointer::Pointer;
use super::strict::{Limits, parse};
use super::value::Value;

/// A reader looks at the first few; a list of thousands would only be a large answer.
pub const POINTERS_MAX: usize = 20;

/// The places where two values differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// At most [`POINTERS_MAX`] places, in the order of the second value.
    pub pointers: Vec<Pointer>,
    /// Whether there are more.
    pub has_more: bool,
}

impl Differences {
    /// Whether the values are equal but for the order of members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pointers.is_empty()
    }

    fn add(&mut self, at: Pointer) {
        if self.pointers.len() < POINTERS_MAX {
            self.pointers.push(at);
        } else {
            self.has_more = true;
        }
    }
}

/// The places where the second value differs from the first. A member or element that only one of them
/// has is one place; what is inside it is not listed.
#[must_use]
pub fn differences(first: &Value, second: &Value) -> Differences {
    let mut found = Differences::default();
    compare(first, second, &Pointer::root(), &mut found);
    found
}

/// [`differences`] of two bodies, as texts. Bodies that are not the same bytes and cannot be read differ
/// as a whole.
#[must_use]
pub fn differing_pointers(first: &[u8], second: &[u8]) -> Vec<String> {
    if first == second {
        return Vec::new();
    }
    // The sizes were bounded when the bodies came in; the limit then may not be the limit now.
    let limits = Limits { bytes_max: usize::MAX, ..Limits::REQUEST };
    match (parse(first, limits), parse(second, limits)) {
        (Ok(first), Ok(second)) => differences(&first, &second).pointers.into_iter().map(Into::into).collect(),
        _ => vec![Pointer::root().into()],
    }
}

fn compare(first: &Value, second: &Value, at: &Pointer, found: &mut Differences) {
    if found.has_more {
        return;
    }
    match (first, second) {
        (Value::Object(before), Value::Object(after)) => {
            compare_members(before, after, at, found);
        }
        (Value::List(before), Value::List(after)) => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(before, after, &at.clone().item(index), found);
            }
            let common = before.len().min(after.len());
            for index in common..before.len().max(after.len()) {
                if found.has_more {
                    return;
                }
                found.add(at.clone().item(index));
            }
        }
        (before, after) if before == after => {}
        _ => found.add(at.clone()),
    }
}

type Members = [(String, Value)];

fn compare_members(before: &Members, after: &Members, at: &Pointer, found: &mut Differences) {
    let earlier = sorted(before);
    for (name, value) in after {
        if found.has_more {
            return;
        }
        let place = at.clone().child(name);
        match find(&earlier, name) {
            Some(earlier) => compare(earlier, value, &place, found),
            None => found.add(place),
        }
    }
    let later = sorted(after);
    for (name, _) in before {
        if found.has_more {
            return;
        }
        if find(&later, name).is_none() {
            found.add(at.clone().child(name));
        }
    }
}

fn sorted(members: &Members) -> Vec<&(String, Value)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| name);
    sorted
}

fn find<'a>(sorted: &[&'a (String, Value)], name: &str) -> Option<&'a Value> {
    let at = sorted.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
    sorted.get(at).map(|(_, value)| value)
}
