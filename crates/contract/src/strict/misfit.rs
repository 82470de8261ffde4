//! Why a value does not fit its type, gathering the way to its place.

use std::fmt::Display;

use serde::de::{self, Expected, Unexpected};
use tallyport_domain::json::{FaultKind, Pointer};

use super::kind::Kind;
use super::{BodyFault, BodyRefusal};

/// A fault on its way out; each enclosing value adds its step.
#[derive(Debug)]
pub(super) struct Misfit {
    fault: BodyFault,
    steps_outward: Vec<String>,
}

impl Misfit {
    pub(super) fn new(fault: BodyFault) -> Self {
        Self { fault, steps_outward: Vec::new() }
    }

    pub(super) fn under(mut self, step: impl Into<String>) -> Self {
        self.steps_outward.push(step.into());
        self
    }

    /// [`Misfit::under`], unless the fault has named the step itself, as an unknown field does.
    pub(super) fn under_if_unnamed(self, step: &str) -> Self {
        if self.steps_outward.is_empty() { self.under(step) } else { self }
    }

    pub(super) fn into_refusal(self) -> BodyRefusal {
        let pointer = self.steps_outward.iter().rev().fold(Pointer::root(), |pointer, step| pointer.child(step));
        BodyRefusal { fault: self.fault, pointer }
    }
}

impl Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.fault.cause())
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(BodyFault::Invalid(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, _expected: &dyn Expected) -> Self {
        Self::new(BodyFault::WrongType { expected: None, found: Kind::of_unexpected(&found) })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => Self::new(BodyFault::NumberOutOfRange),
            _ => Self::new(BodyFault::Invalid(format!("expected {expected}"))),
        }
    }

    fn unknown_variant(_variant: &str, known: &'static [&'static str]) -> Self {
        Self::new(BodyFault::UnknownVariant { known })
    }

    fn unknown_field(field: &str, _known: &'static [&'static str]) -> Self {
        Self::new(BodyFault::UnknownField).under(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(BodyFault::MissingField).under(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(BodyFault::Json(FaultKind::NameRepeated)).under(field)
    }
}
