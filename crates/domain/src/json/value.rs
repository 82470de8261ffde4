//! A JSON value as it was sent: members in order, each name once, numbers as text.

use super::pointer::Pointer;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number in the spelling it was sent in.
    Number(String),
    /// A string with its escapes resolved.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object; no two members have the same name.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The member of that name, of an object that has it.
    #[must_use]
    pub fn find_member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Calls `visit` with every string and number inside, and where it stands, until it answers true;
    /// the answer is the place where it did. Names of members count as strings.
    pub fn find_scalar(&self, mut visit: impl FnMut(&str) -> bool) -> Option<Pointer> {
        let mut steps = self.find_scalar_steps(&mut visit)?;
        steps.reverse();
        Some(steps.into_iter().fold(Pointer::root(), |pointer, step| pointer.child(&step)))
    }

    /// The steps to the scalar, innermost first.
    fn find_scalar_steps(&self, visit: &mut impl FnMut(&str) -> bool) -> Option<Vec<String>> {
        let under = |step: String, mut steps: Vec<String>| {
            steps.push(step);
            steps
        };
        match self {
            Self::Null | Self::Bool(_) => None,
            Self::Number(text) | Self::Text(text) => visit(text).then(Vec::new),
            Self::List(items) => items
                .iter()
                .enumerate()
                .find_map(|(at, item)| item.find_scalar_steps(visit).map(|steps| under(at.to_string(), steps))),
            Self::Object(members) => members.iter().find_map(|(name, value)| {
                if visit(name) {
                    return Some(vec![name.clone()]);
                }
                value.find_scalar_steps(visit).map(|steps| under(name.clone(), steps))
            }),
        }
    }
}
