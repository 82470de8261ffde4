//! Fields that may be left out.

use serde::{Deserialize, Deserializer};

/// A text that may be left out but, when it is there, is a text and not null.
pub(crate) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}
