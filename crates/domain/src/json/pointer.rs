//! JSON pointers (RFC 6901), the way errors name a place in a body.

use std::fmt;

/// A pointer into a JSON document; the root is the empty text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The member of that name below this place.
    #[must_use]
    pub fn child(mut self, name: &str) -> Self {
        self.0.push('/');
        for char in name.chars() {
            match char {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// The element at that index below this place.
    #[must_use]
    pub fn item(self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// The pointer as text, such as `/metadata/0`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        pointer.0
    }
}
