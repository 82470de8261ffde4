//! Forms that work without scripts: post, redirect, and on a mistake the same page with the error
//! beside its field and everything but secrets kept.

pub(crate) mod answer;
pub(crate) mod field;
pub(crate) mod flash;
pub(crate) mod form;

pub(crate) use answer::AnswerParts;
pub use answer::{SESSION_DEVELOPER_ID, SESSION_DEVICE, SESSION_NETWORK, SESSION_STAMP};
pub(crate) use field::{Choice, Field, FieldKind, FileField, Select, TextArea};
pub(crate) use flash::FormFlash;
pub(crate) use form::Form;
