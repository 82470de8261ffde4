//! What clients find out by themselves: the server's metadata (RFC 8414, OpenID Connect Discovery)
//! and its public keys.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tallyport_domain::oauth::{AuthMethod, HolderScope, details};
use tallyport_domain::scope::Scope;
use tallyport_service::authorization::SIGNING_ALGORITHMS;
use tallyport_service::tokens::{KeyMembers, PublicKey};

use super::token::GRANT_TYPES;
use crate::api::ApiState;

pub(super) fn router() -> Router<ApiState> {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/.well-known/jwks.json", get(keys))
}

/// One document for both: what either demands and the server has stands in it.
async fn metadata(State(api): State<ApiState>) -> Json<Value> {
    let issuer = api.services.issuer();
    let at = |path: &str| format!("{issuer}{path}");
    let methods: Vec<&str> = AuthMethod::ALL.iter().map(|method| method.as_str()).collect();
    let own_scopes = HolderScope::ALL.iter().map(|scope| scope.as_str());
    let scopes: Vec<&str> = own_scopes.chain(Scope::ALL.iter().map(|scope| scope.as_str())).collect();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at("/oauth/token"),
        "pushed_authorization_request_endpoint": at("/oauth/par"),
        "device_authorization_endpoint": at("/oauth/device_authorization"),
        "introspection_endpoint": at("/oauth/introspect"),
        "revocation_endpoint": at("/oauth/revoke"),
        "userinfo_endpoint": at("/v1/userinfo"),
        "jwks_uri": at("/.well-known/jwks.json"),
        "grant_types_supported": GRANT_TYPES,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "token_endpoint_auth_methods_supported": methods,
        "token_endpoint_auth_signing_alg_values_supported": SIGNING_ALGORITHMS,
        "introspection_endpoint_auth_methods_supported": methods,
        "introspection_endpoint_auth_signing_alg_values_supported": SIGNING_ALGORITHMS,
        "revocation_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_signing_alg_values_supported": SIGNING_ALGORITHMS,
        "dpop_signing_alg_values_supported": SIGNING_ALGORITHMS,
        "request_object_signing_alg_values_supported": SIGNING_ALGORITHMS,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "require_request_uri_registration": false,
        "require_pushed_authorization_requests": false,
        "scopes_supported": scopes,
        "authorization_details_types_supported": [details::PAYMENT],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": api.services.token_algorithms(),
        "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name", "email", "phone_number",
        ],
        "claims_parameter_supported": false,
        "prompt_values_supported": ["none", "login", "consent"],
        "ui_locales_supported": ["en", "zh"],
        "service_documentation": at("/docs"),
    }))
}

async fn keys(State(api): State<ApiState>) -> Json<Value> {
    let mut keys: Vec<Value> = api.services.public_keys().into_iter().map(|key| jwk("sig", key)).collect();
    match api.services.encryption_key().await {
        Ok(key) => keys.push(jwk("enc", key)),
        // Whoever checks signatures has no need of it.
        Err(error) => tracing::error!(%error, "the key for encrypted bodies cannot be published: {error}"),
    }
    Json(json!({ "keys": keys }))
}

fn jwk(used_for: &str, PublicKey { kid, alg, members }: PublicKey) -> Value {
    match members {
        KeyMembers::P256 { x, y } => {
            json!({ "kty": "EC", "crv": "P-256", "use": used_for, "alg": alg, "kid": kid, "x": x, "y": y })
        }
        KeyMembers::Rsa { n, e } => json!({ "kty": "RSA", "use": used_for, "alg": alg, "kid": kid, "n": n, "e": e }),
        KeyMembers::Ed25519 { x } => {
            json!({ "kty": "OKP", "crv": "Ed25519", "use": used_for, "alg": alg, "kid": kid, "x": x })
        }
    }
}
