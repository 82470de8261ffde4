//! What runs in the reader's browser: small, without texts of its own, and never needed.
//!
//! An island takes no properties (they would travel as JSON and pull a parser into the wasm); it
//! reads what it needs from the elements around it.

mod copy_button;
mod key_maker;
mod local_time;
mod password_strength;
mod remember_choice;

pub use copy_button::CopyButton;
pub use key_maker::KeyMaker;
pub use local_time::LocalTimes;
pub use password_strength::PasswordStrength;
pub use remember_choice::RememberChoice;
