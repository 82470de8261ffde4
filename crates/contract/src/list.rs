//! One page of a list.

use serde::{Deserialize, Serialize};

/// The most objects on a page.
pub const LIMIT_MAX: u32 = 100;
/// How many objects a page has when the caller does not say.
pub const LIMIT_DEFAULT: u32 = 20;

/// One page of a list, newest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListPage<T> {
    /// Always `list`.
    #[cfg_attr(feature = "openapi", schema(example = "list"))]
    pub object: String,
    /// The objects.
    pub data: Vec<T>,
    /// Whether there are older ones.
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub has_more: bool,
    /// Where the next page begins; give it as `cursor`.
    #[cfg_attr(feature = "openapi", schema(required, example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub next_cursor: Option<String>,
}

impl<T> ListPage<T> {
    /// A page of up to `limit` objects out of `found`, which may hold one more to show that there
    /// is more. `cursor_of` names an object's place.
    #[must_use]
    pub fn of(mut found: Vec<T>, limit: usize, cursor_of: impl Fn(&T) -> String) -> Self {
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next_cursor = found.last().filter(|_| has_more).map(cursor_of);
        Self { object: "list".to_owned(), data: found, has_more, next_cursor }
    }

    /// The page with each object turned into what the wire sees.
    #[must_use]
    pub fn map<U>(self, turn: impl Fn(T) -> U) -> ListPage<U> {
        ListPage {
            object: self.object,
            data: self.data.into_iter().map(turn).collect(),
            has_more: self.has_more,
            next_cursor: self.next_cursor,
        }
    }
}
