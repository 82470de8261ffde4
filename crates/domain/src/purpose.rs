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
    /// What the platform does with a key of its own: signs, or opens.
    KeyPurpose {
        /// Access tokens, for everybody who checks them by the published key set.
        AccessToken => "access_token",
        /// The answers of the API, for partners who check them.
        ResponseSignature => "response_signature",
        /// Bodies of requests, which partners encrypt to it.
        BodyEncryption => "body_encryption",
    }
}

text_enum! {
    /// How access and ID tokens are signed, by its name in JOSE (RFC 7518, RFC 8037).
    TokenAlgorithm {
        /// ECDSA on P-256.
        Es256 => "ES256",
        /// RSA with PKCS#1 v1.5.
        Rs256 => "RS256",
        /// RSA with PSS.
        Ps256 => "PS256",
        /// Ed25519.
        EdDsa => "EdDSA",
    }
}

impl Default for TokenAlgorithm {
    /// The shortest signatures that every client can check.
    fn default() -> Self {
        Self::Es256
    }
}
