//! What links and keys are for. A link or key made for one thing is good for nothing else.

use crate::text_enum::text_enum;

text_enum! {
    /// What a link that works once lets its holder do.
    LinkPurpose {
        /// Become the first administrator of a new installation.
        FirstAdministrator => "first_administrator",
        /// Show that an address is theirs.
        VerifyEmail => "verify_email",
        /// Choose a new password.
        ResetPassword => "reset_password",
        /// Move their account to another address.
        ChangeEmail => "change_email",
        /// Sign up where that takes an invitation.
        SignUp => "sign_up",
    }
}

text_enum! {
    /// What the platform signs with a key of its own.
    KeyPurpose {
        /// Access tokens, for everybody who checks them by the published key set.
        AccessToken => "access_token",
        /// The answers of the API, for partners who check them.
        ResponseSignature => "response_signature",
    }
}
