//! Why a body is not acceptable JSON, and where.

use thiserror::Error;

use super::pointer::Pointer;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum FaultKind {
    /// There is nothing but whitespace.
    #[error("the body is empty")]
    Empty,
    /// The body exceeds [`super::Limits::bytes_max`].
    #[error("the body is too large")]
    TooLarge,
    /// The body starts with a byte order mark.
    #[error("the body starts with a byte order mark")]
    ByteOrderMark,
    /// The body is not UTF-8.
    #[error("the body is not UTF-8")]
    NotUtf8,
    /// Arrays and objects are nested beyond [`super::Limits::depth_max`].
    #[error("the body is nested too deeply")]
    TooDeep,
    /// An object has two members of one name.
    #[error("the name occurs twice in its object")]
    NameRepeated,
    /// The name of a member exceeds [`super::strict::NAME_BYTES_MAX`].
    #[error("the name of a member is too long")]
    NameTooLong,
    /// A number exceeds [`super::strict::NUMBER_BYTES_MAX`].
    #[error("the number has too many characters")]
    NumberTooLong,
    /// A string has half of a surrogate pair.
    #[error("the string has half of a surrogate pair")]
    LoneSurrogate,
    /// A string has U+0000, which no database text can hold.
    #[error("the string has the character U+0000")]
    NulCharacter,
    /// A string has a control character that is not escaped.
    #[error("the string has a control character that is not escaped")]
    ControlCharacter,
    /// The body ends inside a value.
    #[error("the body ends inside a value")]
    CutShort,
    /// Something follows the value.
    #[error("something follows the JSON value")]
    Trailing,
    /// Anything else that is not JSON.
    #[error("the body is not JSON")]
    Syntax,
}

impl FaultKind {
    /// The stable name of the kind, for logs.
    #[must_use]
    pub const fn cause(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::ByteOrderMark => "byte_order_mark",
            Self::NotUtf8 => "not_utf8",
            Self::TooDeep => "too_deep",
            Self::NameRepeated => "name_repeated",
            Self::NameTooLong => "name_too_long",
            Self::NumberTooLong => "number_too_long",
            Self::LoneSurrogate => "lone_surrogate",
            Self::NulCharacter => "nul_character",
            Self::ControlCharacter => "control_character",
            Self::CutShort => "cut_short",
            Self::Trailing => "trailing",
            Self::Syntax => "syntax",
        }
    }
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} (at byte {offset_bytes})")]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The innermost value that is known to contain the fault; for a repeated name, its member.
    pub pointer: Pointer,
    /// How many bytes precede the fault.
    pub offset_bytes: usize,
}
