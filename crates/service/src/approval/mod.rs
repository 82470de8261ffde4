//! Approval: how a team asks for live rights, and how administrators give, refuse and stop them.
//!
//! Every step happens in one transaction with its line of the timeline, the mails to the other side and
//! the entry of the audit log. Which step may follow which is the domain's to say.

mod documents;
mod draft;
mod letters;
mod look;
mod operator;
mod queue;
mod refusal;
mod review;
mod scene;
mod standing;
mod stop;
mod submit;

pub use documents::DocumentContent;
pub use look::{ReviewView, TeamView};
pub use refusal::ApprovalRefusal;
pub use review::{REASON_CHARS_MAX, Verdict};
pub(crate) use standing::StandingCache;
pub use tallyport_storage::approval::approvals::ApprovalRecord;
pub use tallyport_storage::approval::documents::DocumentRecord;
pub use tallyport_storage::approval::queue::{QueueQuery, QueuedRecord};
pub use tallyport_storage::approval::steps::{NewStep, StepRecord};
pub use tallyport_storage::approval::subject::SubjectRecord;
pub use tallyport_storage::approval::submissions::{Remarks, SubmissionRecord};
