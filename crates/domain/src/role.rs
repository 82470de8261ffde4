//! What somebody who signs in is to the platform.

use crate::text_enum::text_enum;

text_enum! {
    /// What somebody who signs in is to the platform.
    Role {
        /// Has applications and sees what is theirs.
        Developer => "developer",
        /// Runs the platform.
        Administrator => "administrator",
    }
}
