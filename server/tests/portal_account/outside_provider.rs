//! An OpenID provider on this machine: discovery, authorization, tokens and keys, as the standards
//! say. It knows nothing of Tallyport but a client's name, secret and redirect URI.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tallyport_service::identity::outside::{OutsideProvider, ProviderSettings};

use crate::support::BEGINNING_MS;

const CLIENT_ID: &str = "tallyport-test";
const CLIENT_SECRET: &str = "canary-client-secret";
const KEY_ID: &str = "key-1";

type Params = HashMap<String, String>;

/// A running provider.
#[derive(Clone)]
pub(crate) struct Provider(Arc<Inner>);

struct Inner {
    issuer: String,
    key: Vec<u8>,
    /// What was asked for with each code that was given and not used.
    codes: Mutex<HashMap<String, Params>>,
    /// What the next token says about the person, beside what every token says.
    person: Mutex<Value>,
    /// How the next token is spoilt.
    spoilt: Mutex<Spoilt>,
}

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoilt {
    Nothing,
    Nonce,
    Audience,
    Issuer,
    Expired,
    Signature,
    Unsigned,
    MacUnderClientSecret,
    UnknownKey,
    AuthorizedParty,
    Missing,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let provider = Self(Arc::new(Inner {
            issuer,
            key: key.as_ref().to_vec(),
            codes: Mutex::default(),
            person: Mutex::new(json!({})),
            spoilt: Mutex::new(Spoilt::Nothing),
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/keys", get(keys))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    pub(crate) fn settings(&self) -> OutsideProvider {
        OutsideProvider::new(ProviderSettings {
            issuer: self.0.issuer.clone(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned().into(),
            name: "Example Login".to_owned(),
        })
        .unwrap()
    }

    /// Who is signed in there.
    pub(crate) fn is_used_by(&self, subject: &str, email: &str, verified: bool) {
        *self.0.person.lock().unwrap() =
            json!({ "sub": subject, "email": email, "email_verified": verified, "name": "Ada of elsewhere" });
    }

    pub(crate) fn spoil(&self, spoilt: Spoilt) {
        *self.0.spoilt.lock().unwrap() = spoilt;
    }

    fn id_token(&self, nonce: &str) -> String {
        let spoilt = *self.0.spoilt.lock().unwrap();
        let now_s = BEGINNING_MS / 1000;
        let mut claims = json!({
            "iss": self.0.issuer, "aud": CLIENT_ID, "iat": now_s, "exp": now_s + 300, "nonce": nonce,
        });
        for (name, value) in self.0.person.lock().unwrap().as_object().unwrap() {
            claims[name] = value.clone();
        }
        match spoilt {
            Spoilt::Nonce => claims["nonce"] = json!("another"),
            Spoilt::Audience => claims["aud"] = json!("another"),
            Spoilt::Issuer => claims["iss"] = json!("https://evil.example"),
            Spoilt::Expired => claims["exp"] = json!(now_s - 11),
            Spoilt::AuthorizedParty => claims["azp"] = json!("another"),
            _ => {}
        }
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(if spoilt == Spoilt::UnknownKey { "key-2" } else { KEY_ID }.to_owned());
        let key = EncodingKey::from_ec_der(&self.0.key);
        match spoilt {
            Spoilt::Unsigned => {
                let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
                format!("{}.{}.", part(&json!({ "alg": "none", "kid": KEY_ID })), part(&claims))
            }
            Spoilt::MacUnderClientSecret => {
                header.alg = Algorithm::HS256;
                let key = EncodingKey::from_secret(CLIENT_SECRET.as_bytes());
                jsonwebtoken::encode(&header, &claims, &key).unwrap()
            }
            Spoilt::Signature => {
                let token = jsonwebtoken::encode(&header, &claims, &key).unwrap();
                claims["email"] = json!("root@example.com");
                let (head, rest) = token.split_once('.').unwrap();
                let signature = rest.split_once('.').unwrap().1;
                format!("{head}.{}.{signature}", URL_SAFE_NO_PAD.encode(claims.to_string()))
            }
            _ => jsonwebtoken::encode(&header, &claims, &key).unwrap(),
        }
    }
}

async fn discovery(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.0.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
    }))
}

/// The person is signed in there and agrees at once.
async fn authorize(State(provider): State<Provider>, Query(asked): Query<Params>) -> Response {
    let fits = asked["response_type"] == "code"
        && asked["client_id"] == CLIENT_ID
        && asked["code_challenge_method"] == "S256"
        && asked["scope"].split(' ').any(|scope| scope == "openid");
    if !fits {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let (state, redirect_uri) = (asked["state"].clone(), asked["redirect_uri"].clone());
    let mut codes = provider.0.codes.lock().unwrap();
    let code = format!("code-{}-{}", codes.len(), &state[..8]);
    codes.insert(code.clone(), asked);
    let issuer = provider.0.issuer.replace(':', "%3A").replace('/', "%2F");
    Redirect::to(&format!("{redirect_uri}?code={code}&state={state}&iss={issuer}")).into_response()
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, Form(given): Form<Params>) -> Response {
    let proof = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    let asked = provider.0.codes.lock().unwrap().remove(&given["code"]);
    let Some(asked) = asked.filter(|_| headers["authorization"] == proof.as_str()) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, given["code_verifier"].as_bytes()));
    if challenge != asked["code_challenge"] || given["redirect_uri"] != asked["redirect_uri"] {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    let mut answer = json!({ "access_token": "canary-access-token", "token_type": "Bearer", "expires_in": 300 });
    if *provider.0.spoilt.lock().unwrap() != Spoilt::Missing {
        answer["id_token"] = json!(provider.id_token(&asked["nonce"]));
    }
    Json(answer).into_response()
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let mut key = Jwk::from_encoding_key(&EncodingKey::from_ec_der(&provider.0.key), Algorithm::ES256).unwrap();
    key.common.key_id = Some(KEY_ID.to_owned());
    Json(json!({ "keys": [key] }))
}
