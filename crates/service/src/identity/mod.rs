//! People of the portal: how they sign up, show who they are, and change what is theirs.

mod administrator;
mod change_email;
mod change_password;
mod close_account;
mod confirm;
mod create_account;
mod email;
mod entrance;
mod links;
pub mod outside;
mod profile;
mod reset_password;
pub mod second_step;
mod sessions;
mod sign_in;
mod sign_up;
mod throttle;
mod verify;

pub use administrator::ClaimRefusal;
pub use change_email::{ChangeEmailRefusal, ConfirmEmailRefusal};
pub use change_password::ChangePasswordRefusal;
pub use close_account::CloseAccountRefusal;
pub use confirm::ConfirmRefusal;
pub use create_account::CreateAccountRefusal;
pub use email::{EmailAddress, InvalidEmailAddress};
pub use entrance::{Entrance, SessionStamp};
pub(crate) use links::NewLink;
pub use profile::ProfileRefusal;
pub use reset_password::{ForgotRefusal, ResetRefusal};
pub use sessions::{SessionKey, SessionOfMember};
pub use sign_in::SignInAnswer;
pub use sign_up::{
    NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, SignUp, SignUpFault, SignUpProof, SignUpRefusal,
};
pub use throttle::TooManyTries;
pub(crate) use throttle::{Attempt, Throttle};
pub use verify::{Verification, VerifyRefusal};
