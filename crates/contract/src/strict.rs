//! From the bytes of a body to a typed request, or to a refusal that names the field.
//!
//! The body is read once, by the domain's strict parser; there is no second reading that could see
//! something else.

mod access;
mod deserializer;
mod kind;
mod misfit;

use serde::de::DeserializeOwned;
use tallyport_domain::card_number;
use tallyport_domain::json::{Fault, FaultKind, Limits, Pointer, Value, parse};

use crate::language::Text;
use crate::problem::ErrorCode;

pub use kind::Kind;

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyFault {
    /// It is not acceptable JSON.
    Json(FaultKind),
    /// It has more bytes than allowed.
    TooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// The number of a payment card.
    CardNumber,
    /// A field that the request does not have.
    UnknownField,
    /// A field that the request must have.
    MissingField,
    /// A value of another type.
    WrongType {
        /// The type it must have, where the request says so.
        expected: Option<Kind>,
        /// The type it has.
        found: Kind,
    },
    /// A text that is none of the known ones.
    UnknownVariant {
        /// The known ones.
        known: &'static [&'static str],
    },
    /// A number beyond the range of its field.
    NumberOutOfRange,
    /// Anything else, in the words of the type that refused it.
    Invalid(String),
}

/// Why a body is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} (at {pointer:?})", fault.cause())]
pub struct BodyRefusal {
    /// What is wrong.
    pub fault: BodyFault,
    /// The field in question, for `param`.
    pub pointer: Pointer,
}

/// Reads a body as a `T`.
///
/// # Errors
/// The first fault.
pub fn decode<T: DeserializeOwned>(body: &[u8], limits: Limits) -> Result<T, BodyRefusal> {
    let value = parse(body, limits).map_err(|fault| BodyRefusal::of_fault(fault, limits))?;
    if let Some(pointer) = value.find_scalar(card_number::is_in) {
        return Err(BodyRefusal::of_card_number(pointer));
    }
    decode_value(value)
}

/// Reads a value as a `T`, for callers that need the value for its fingerprint as well.
///
/// # Errors
/// The first field that does not fit.
pub fn decode_value<T: DeserializeOwned>(value: Value) -> Result<T, BodyRefusal> {
    T::deserialize(deserializer::ValueDeserializer(value)).map_err(misfit::Misfit::into_refusal)
}

impl BodyRefusal {
    /// The refusal of a body that the strict parser did not accept under these limits.
    #[must_use]
    pub fn of_fault(fault: Fault, limits: Limits) -> Self {
        let pointer = fault.pointer;
        let fault = match fault.kind {
            FaultKind::TooLarge => BodyFault::TooLarge { bytes_max: limits.bytes_max },
            kind => BodyFault::Json(kind),
        };
        Self { fault, pointer }
    }

    /// The refusal of a card number at that place; of the whole body, where it is itself the name of a field.
    fn of_card_number(pointer: Pointer) -> Self {
        let is_named = card_number::is_in(pointer.as_str());
        Self { fault: BodyFault::CardNumber, pointer: if is_named { Pointer::root() } else { pointer } }
    }

    /// The stable code to answer with.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self.fault {
            BodyFault::Json(_) => ErrorCode::BodyMalformed,
            BodyFault::TooLarge { .. } => ErrorCode::BodyTooLarge,
            BodyFault::CardNumber => ErrorCode::CardNumberRefused,
            BodyFault::UnknownField => ErrorCode::ParameterUnknown,
            BodyFault::MissingField => ErrorCode::ParameterMissing,
            BodyFault::WrongType { .. }
            | BodyFault::UnknownVariant { .. }
            | BodyFault::NumberOutOfRange
            | BodyFault::Invalid(_) => ErrorCode::ParameterInvalid,
        }
    }

    /// The text for `param`: the field in question, `None` when it is the body as a whole.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        Some(self.pointer.as_str()).filter(|pointer| !pointer.is_empty())
    }

    /// What is wrong, as a sentence for `detail`.
    #[must_use]
    pub fn message(&self) -> Text {
        self.fault.message()
    }
}

impl BodyFault {
    /// The stable name of the fault, for logs and metrics.
    #[must_use]
    pub fn cause(&self) -> &'static str {
        match self {
            Self::Json(kind) => kind.cause(),
            Self::TooLarge { .. } => "too_large",
            Self::CardNumber => "card_number",
            Self::UnknownField => "unknown_field",
            Self::MissingField => "missing_field",
            Self::WrongType { .. } => "wrong_type",
            Self::UnknownVariant { .. } => "unknown_variant",
            Self::NumberOutOfRange => "number_out_of_range",
            Self::Invalid(_) => "invalid_value",
        }
    }

    /// The fault as a sentence, without the field.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::Json(kind) => json_message(*kind),
            Self::TooLarge { bytes_max } => Text::made(
                format!("The body is larger than {bytes_max} bytes."),
                format!("请求体超过了 {bytes_max} 字节。"),
            ),
            Self::CardNumber => Text::new("This looks like the number of a payment card.", "此处看起来是支付卡号。"),
            Self::UnknownField => Text::new("This field is not known here.", "此处没有这个字段。"),
            Self::MissingField => Text::new("This field is required.", "缺少这个必填字段。"),
            Self::WrongType { expected: Some(expected), found } => {
                let (expected, found) = (expected.name(), found.name());
                Text::made(
                    format!("This must be {}, not {}.", expected.en, found.en),
                    format!("此处必须是{}，而不是{}。", expected.zh, found.zh),
                )
            }
            Self::WrongType { expected: None, found } => {
                Text::made(format!("This cannot be {}.", found.name().en), format!("此处不能是{}。", found.name().zh))
            }
            Self::UnknownVariant { known } => Text::made(
                format!("This must be one of: {}.", known.join(", ")),
                format!("此处必须是以下之一：{}。", known.join("、")),
            ),
            Self::NumberOutOfRange => Text::new("This number is out of range.", "这个数字超出了范围。"),
            Self::Invalid(reason) => {
                Text::made(format!("This value is not acceptable: {reason}."), format!("这个值不可接受：{reason}。"))
            }
        }
    }
}

fn json_message(kind: FaultKind) -> Text {
    match kind {
        FaultKind::Empty => Text::new("The body is empty; send a JSON object.", "请求体为空；请发送一个 JSON 对象。"),
        FaultKind::TooLarge => Text::new("The body is too large.", "请求体过大。"),
        FaultKind::ByteOrderMark => Text::new(
            "The body starts with a byte order mark; send plain UTF-8.",
            "请求体以字节顺序标记（BOM）开头；请发送不带 BOM 的 UTF-8。",
        ),
        FaultKind::NotUtf8 => Text::new("The body is not UTF-8.", "请求体不是 UTF-8 编码。"),
        FaultKind::TooDeep => Text::new("The body is nested too deeply.", "请求体嵌套过深。"),
        FaultKind::NameRepeated => Text::new("This field is given twice.", "这个字段出现了两次。"),
        FaultKind::NameTooLong => Text::new("The name of a field is too long.", "有一个字段名过长。"),
        FaultKind::NumberTooLong => Text::new("This number has too many characters.", "这个数字的字符过多。"),
        FaultKind::LoneSurrogate => {
            Text::new("This text has half of a surrogate pair.", "这段文本含有不成对的代理项（surrogate）。")
        }
        FaultKind::NulCharacter => Text::new("This text has the character U+0000.", "这段文本含有字符 U+0000。"),
        FaultKind::ControlCharacter => {
            Text::new("This text has a control character that is not escaped.", "这段文本含有未转义的控制字符。")
        }
        FaultKind::CutShort => Text::new("The body ends in the middle of its JSON.", "请求体中的 JSON 不完整。"),
        FaultKind::Trailing => Text::new("Something follows the JSON in the body.", "请求体的 JSON 之后还有多余内容。"),
        FaultKind::Syntax => Text::new("The body is not JSON.", "请求体不是有效的 JSON。"),
    }
}

#[cfg(test)]
mod tests;
