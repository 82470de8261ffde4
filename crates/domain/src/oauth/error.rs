//! The error codes of OAuth and its extensions, as they stand on the wire.

use crate::text_enum::text_enum;

text_enum! {
    /// Why the authorization server refuses something.
    OauthError {
        /// The request is incomplete, has something twice, or is malformed (RFC 6749, 5.2).
        InvalidRequest => "invalid_request",
        /// The client did not prove who it is.
        InvalidClient => "invalid_client",
        /// Code, refresh token or device code are not good, or not this client's.
        InvalidGrant => "invalid_grant",
        /// The client may not use this way.
        UnauthorizedClient => "unauthorized_client",
        /// There is no such grant type here.
        UnsupportedGrantType => "unsupported_grant_type",
        /// There is no such response type here.
        UnsupportedResponseType => "unsupported_response_type",
        /// A scope is unknown or more than may be asked for.
        InvalidScope => "invalid_scope",
        /// The resource is none of ours (RFC 8707).
        InvalidTarget => "invalid_target",
        /// The details cannot be read or are not allowed (RFC 9396).
        InvalidAuthorizationDetails => "invalid_authorization_details",
        /// The proof of possession is wrong (RFC 9449).
        InvalidDpopProof => "invalid_dpop_proof",
        /// The proof needs the nonce that comes with the answer (RFC 9449, 8).
        UseDpopNonce => "use_dpop_nonce",
        /// The request object is wrong (RFC 9101).
        InvalidRequestObject => "invalid_request_object",
        /// The pushed request is unknown, used or too old.
        InvalidRequestUri => "invalid_request_uri",
        /// The holder said no.
        AccessDenied => "access_denied",
        /// The holder would have to do something, and the client asked that nobody be bothered.
        LoginRequired => "login_required",
        /// The same, with consent.
        ConsentRequired => "consent_required",
        /// The holder has not decided yet (RFC 8628, 3.5).
        AuthorizationPending => "authorization_pending",
        /// The device asks too often.
        SlowDown => "slow_down",
        /// The device code is too old.
        ExpiredToken => "expired_token",
        /// The access token is not good (RFC 6750, 3.1).
        InvalidToken => "invalid_token",
        /// The access token does not allow this.
        InsufficientScope => "insufficient_scope",
    }
}
