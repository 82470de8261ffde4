//! Approval: how an application comes to live rights, and how it loses them.
//!
//! Owns the states of an application and of each of its permissions, who may move them, what a
//! submission has to say, and how two submissions differ. An application that nobody independent
//! approved has no way to live rights here. Knows no database and sends no mail.

mod answers;
mod countries;
mod difference;
mod document;
mod machine;
mod permission;
mod refusal;
mod request;
mod reviewer;
mod standing;
mod state;
mod step;

pub use answers::{
    ANSWER_CHARS_MAX, Answers, CONTACT_CHARS_MAX, Checked, Field, FieldFault, PURPOSE_CHARS_MIN, Volume,
};
pub use difference::{Change, Piece, compare, words};
pub use document::{
    APPLICATION_BYTES_MAX, DOCUMENT_BYTES_MAX, DOCUMENTS_MAX, DocumentFault, DocumentType, SUBMISSION_BYTES_MAX,
    clean_name, recognise,
};
pub use machine::Approval;
pub use permission::{Permission, PermissionSet};
pub use refusal::Refusal;
pub use request::{Request, Submission};
pub use reviewer::{Decider, Decision, Reviewer};
pub use standing::Standing;
pub use state::{ApprovalStatus, PermissionState, PermissionStatus, RequestStatus, Rights};
pub use step::Step;
