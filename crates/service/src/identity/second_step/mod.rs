//! The second step at sign-in: codes of an authenticator (RFC 6238), each good once, and recovery
//! codes for whoever has lost the device.

mod pass;
mod recovery;
mod secret;
mod turn_on;

pub use pass::{PendingEntrance, SecondStepAnswer};
pub use recovery::{RECOVERY_CODES, RecoveryCodes};
pub use secret::TotpSetup;
pub use turn_on::{ConfirmTotpRefusal, SecondStepState, StartTotpRefusal};
