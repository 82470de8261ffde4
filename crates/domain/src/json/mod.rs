//! JSON, read strictly: one reading of a body for everybody who looks at it.
//!
//! Owns parsing, the canonical spelling that a fingerprint is made of, and the comparison of two
//! bodies. Numbers stay the text they were sent as, so nothing is rounded on the way. Turning a value
//! into a typed request is the wire contract's part.

pub mod canonical;
pub mod diff;
pub mod fault;
mod literal;
pub mod pointer;
pub mod strict;
pub mod value;

pub use canonical::canonical_text;
pub use diff::{Differences, differences, differing_pointers};
pub use fault::{Fault, FaultKind};
pub use pointer::Pointer;
pub use strict::{Limits, parse};
pub use value::Value;
