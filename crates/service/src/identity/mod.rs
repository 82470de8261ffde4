//! People of the portal: signing up, signing in, and the first administrator.

mod administrator;
mod create_account;
mod email;
mod sign_in;
mod sign_up;
mod throttle;

pub use administrator::ClaimRefusal;
pub use create_account::CreateAccountRefusal;
pub use email::{EmailAddress, InvalidEmailAddress};
pub use sign_up::{NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, SignUp, SignUpFault, SignUpRefusal};
pub use throttle::SignInAnswer;
pub(crate) use throttle::Throttle;
