//! What can go wrong in a use case that is nobody's mistake but ours or the machine's.

use tallyport_storage::StorageError;

use crate::secrets::VaultError;

/// A use case could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The database could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A secret could not be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The write lane has more to do than it takes on. Nothing was done.
    #[error("the write lane is full")]
    Overloaded,
    /// The database could not write. Whether it did all the same is not known.
    #[error("the database is unavailable")]
    Unavailable,
    /// The process is on its way out. Nothing was done.
    #[error("the process is stopping")]
    Stopping,
    /// Something that cannot be was so.
    #[error("{0}")]
    Broken(&'static str),
}

impl ServiceError {
    pub(crate) const fn broken(what: &'static str) -> Self {
        Self::Broken(what)
    }

    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Storage(error) => error.is_temporary(),
            Self::Overloaded | Self::Unavailable | Self::Stopping => true,
            Self::Vault(_) | Self::Broken(_) => false,
        }
    }
}
