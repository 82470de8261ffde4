//! Sandbox and live: two worlds that share every line of code and no row.

use std::fmt;

use crate::text_enum::text_enum;

text_enum! {
    /// Which of the two worlds a credential, an object or a call belongs to.
    Environment {
        /// Test values, no money.
        Sandbox => "sandbox",
        /// Real money.
        Live => "live",
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
