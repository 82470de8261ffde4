//! Why a step is not taken.

use tallyport_domain::approval::{DocumentFault, Field, FieldFault, Refusal};
use tallyport_storage::StorageError;

use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// Why a step is not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ApprovalRefusal {
    /// There is no such application, document or page, as far as this person may know.
    #[error("no such application")]
    Unknown,
    /// They may see it, but not do this.
    #[error("the role does not allow this")]
    Role,
    /// The state does not allow it, or the person is not independent.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Answers to correct.
    #[error("some answers have to be corrected")]
    Faults(Vec<(Field, FieldFault)>),
    /// The document is not taken.
    #[error(transparent)]
    Document(#[from] DocumentFault),
    /// It takes a reason, of bounded length.
    #[error("it takes a reason")]
    Reason,
    /// Asking for changes takes a remark on one field at least.
    #[error("it takes a remark")]
    Remarks,
    /// The name that was typed to confirm is another.
    #[error("the name is another")]
    Name,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ApprovalRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl From<AccessRefusal> for ApprovalRefusal {
    fn from(refusal: AccessRefusal) -> Self {
        match refusal {
            AccessRefusal::Unknown => Self::Unknown,
            // What is closed can be seen and nothing else, whoever asks.
            AccessRefusal::Role | AccessRefusal::Closed => Self::Role,
            AccessRefusal::Service(error) => Self::Service(error),
        }
    }
}
