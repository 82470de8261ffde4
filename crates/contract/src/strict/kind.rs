//! The types of JSON values, in the words of an answer.

use serde::de::Unexpected;
use tallyport_domain::json::Value;

use crate::language::Text;

/// A type of JSON value, as a request asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A whole number.
    Integer,
    /// A number spelled with a fraction or an exponent.
    Decimal,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

impl Kind {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(text) if is_decimal(text) => Self::Decimal,
            Value::Number(_) => Self::Integer,
            Value::Text(_) => Self::Text,
            Value::List(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }

    pub(super) fn of_unexpected(found: &Unexpected<'_>) -> Self {
        match found {
            Unexpected::Bool(_) => Self::Bool,
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => Self::Integer,
            Unexpected::Float(_) => Self::Decimal,
            Unexpected::Unit | Unexpected::Option => Self::Null,
            Unexpected::Seq => Self::List,
            Unexpected::Map => Self::Object,
            _ => Self::Text,
        }
    }

    pub(super) fn name(self) -> Text {
        match self {
            Self::Null => Text::new("null", " null"),
            Self::Bool => Text::new("true or false", "布尔值"),
            Self::Integer => Text::new("a whole number", "整数"),
            Self::Decimal => Text::new("a number with a fraction or exponent", "带小数或指数的数字"),
            Self::Text => Text::new("a string", "字符串"),
            Self::List => Text::new("an array", "数组"),
            Self::Object => Text::new("an object", "对象"),
        }
    }
}

pub(super) fn is_decimal(number: &str) -> bool {
    number.contains(['.', 'e', 'E'])
}
