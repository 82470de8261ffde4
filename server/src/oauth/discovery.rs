//! What clients find out by themselves: the server's metadata (RFC 8414) and its public keys.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tallyport_domain::scope::Scope;

use crate::api::ApiState;

pub(super) fn router() -> Router<ApiState> {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/.well-known/jwks.json", get(keys))
}

async fn metadata(State(api): State<ApiState>) -> Json<Value> {
    let issuer = api.services.issuer();
    Json(json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth/token"),
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "scopes_supported": Scope::ALL.iter().map(|scope| scope.as_str()).collect::<Vec<_>>(),
        "service_documentation": format!("{issuer}/docs"),
    }))
}

async fn keys(State(api): State<ApiState>) -> Json<Value> {
    let keys: Vec<Value> = api
        .services
        .public_keys()
        .into_iter()
        .map(|key| {
            json!({
                "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
                "kid": key.kid, "x": key.x, "y": key.y,
            })
        })
        .collect();
    Json(json!({ "keys": keys }))
}
