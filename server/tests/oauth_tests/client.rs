//! A client and its account holder: everything that a flow takes, each step changeable.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tallyport_domain::Environment;
use tallyport_domain::credential::Lifetime;
use tallyport_domain::oauth::{ClientKind, Profile};
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_service::authorization::{ClientSettings, Consent};
use tallyport_service::holders::{Holder, HolderSignIn};
use tallyport_service::public_keys::PublicKeyWish;
use zeroize::Zeroizing;

use crate::support::{Answer, Partner, Request, TestApp};

pub(crate) const REDIRECT_URI: &str = "https://shop.example/callback";
pub(crate) const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0";

/// The S256 challenge of a verifier.
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

/// A form's or a query's text.
pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    let one = |(name, value): &(&str, &str)| {
        let value: String = value
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect();
        format!("{name}={value}")
    };
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

/// The parameters of a good authorization request.
pub(crate) fn good_request(api_key: &str) -> Vec<(String, String)> {
    [
        ("response_type", "code"),
        ("client_id", api_key),
        ("redirect_uri", REDIRECT_URI),
        ("scope", "openid profile payments:read offline_access"),
        ("state", "a state & more"),
        ("nonce", "n-1"),
        ("code_challenge", &challenge(VERIFIER)),
        ("code_challenge_method", "S256"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

/// One client with the signed-in buyer of its sandbox.
pub(crate) struct Shop<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) partner: Partner,
    pub(crate) buyer: Holder,
}

impl<'a> Shop<'a> {
    pub(crate) async fn open(app: &'a TestApp) -> Self {
        Self::of(app, app.partner("Shop").await, ClientSettings::default()).await
    }

    pub(crate) async fn with(app: &'a TestApp, settings: ClientSettings) -> Self {
        Self::of(app, app.partner("Shop").await, settings).await
    }

    pub(crate) async fn public(app: &'a TestApp) -> Self {
        Self::with(app, ClientSettings { kind: ClientKind::Public, ..ClientSettings::default() }).await
    }

    pub(crate) async fn fapi(app: &'a TestApp) -> Self {
        Self::with(app, ClientSettings { profile: Profile::Fapi2, ..ClientSettings::default() }).await
    }

    async fn of(app: &'a TestApp, partner: Partner, settings: ClientSettings) -> Self {
        let (member, id) = (&partner.member, partner.application_id);
        app.services.save_client_settings(member, id, Environment::Sandbox, &settings).await.unwrap();
        app.services.set_redirect_uris(member, id, REDIRECT_URI).await.unwrap();
        let buyer = buyer_of(app, &partner).await;
        Self { app, partner, buyer }
    }

    /// Goes to the authorization server with a browser; the answer is a redirect.
    pub(crate) async fn authorize(&self, parameters: &[(String, String)]) -> Answer {
        let pairs: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (&**name, &**value)).collect();
        self.app.send(self.app.get(&format!("/oauth/authorize?{}", encoded(&pairs)))).await
    }

    /// The handle of the consent page that a good request leads to.
    pub(crate) async fn handle(&self) -> String {
        let answer = self.authorize(&good_request(&self.partner.api_key)).await;
        let location = answer.header("location");
        location.strip_prefix("/consent?request=").unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    }

    /// Where the browser goes when the buyer says yes.
    pub(crate) async fn approve(&self, handle: &str) -> String {
        self.app.services.decide_request(handle, &self.buyer, Consent::Given).await.unwrap()
    }

    /// A code, fresh from a consent.
    pub(crate) async fn code(&self) -> String {
        parameter(&self.approve(&self.handle().await).await, "code")
    }

    /// A request to an endpoint by a client that shows its secret.
    pub(crate) fn post(&self, path: &str, form: &[(&str, &str)]) -> Request {
        self.app.post(path).basic(&self.partner.api_key, &self.partner.api_secret).form(&encoded(form))
    }

    pub(crate) async fn send(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.app.send(self.post(path, form)).await
    }

    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        self.send("/oauth/token", &code_form(code)).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        self.send("/oauth/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// The answer of a whole good flow.
    pub(crate) async fn tokens(&self) -> Answer {
        let answer = self.redeem(&self.code().await).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer
    }

    pub(crate) async fn userinfo(&self, token: &str) -> Answer {
        self.app.send(self.app.get("/v1/userinfo").bearer(token)).await
    }

    pub(crate) async fn introspect(&self, token: &str) -> Value {
        let answer = self.send("/oauth/introspect", &[("token", token)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}

/// The form with which a code is redeemed.
pub(crate) fn code_form(code: &str) -> [(&'static str, &str); 4] {
    [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", REDIRECT_URI), ("code_verifier", VERIFIER)]
}

pub(crate) async fn buyer_of(app: &TestApp, partner: &Partner) -> Holder {
    test_holder(app, partner, "buyer").await
}

/// One of the two test holders of a sandbox, signed in.
pub(crate) async fn test_holder(app: &TestApp, partner: &Partner, role: &str) -> Holder {
    let shown = app.services.list_test_holders(&partner.member, partner.application_id).await.unwrap();
    let found = shown.iter().find(|holder| holder.role == role).unwrap();
    let password = Zeroizing::new(found.password.clone());
    match app.services.sign_in_holder(None, &found.email, password).await.unwrap() {
        HolderSignIn::SignedIn { holder, .. } => *holder,
        other => panic!("{other:?}"),
    }
}

/// A parameter of an address, decoded.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    find_parameter(url, name).unwrap_or_else(|| panic!("no {name} in {url}"))
}

pub(crate) fn find_parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    Some(String::from_utf8(bytes).unwrap())
}

/// A part of a JWT: 0 is the header, 1 the claims.
pub(crate) fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, error: &str) {
    let status = if error == "invalid_client" { 401 } else { 400 };
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.text("/error"), error, "{answer:?}");
    assert!(!answer.text("/error_description").is_empty(), "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
}

/// A key pair of a client: for DPoP, assertions and request objects.
pub(crate) struct Key(EcdsaKeyPair);

impl Key {
    pub(crate) fn generate() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    pub(crate) fn jwk(&self) -> Value {
        let point = self.0.public_key().as_ref();
        let coordinate = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&point[range]);
        json!({ "kty": "EC", "crv": "P-256", "x": coordinate(1..33), "y": coordinate(33..65) })
    }

    pub(crate) fn thumbprint(&self) -> String {
        let (x, y) = (self.jwk()["x"].clone(), self.jwk()["y"].clone());
        URL_SAFE_NO_PAD.encode(digest(&SHA256, format!(r#"{{"crv":"P-256","kty":"EC","x":{x},"y":{y}}}"#).as_bytes()))
    }

    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    pub(crate) fn sign_text(&self, header: &str, claims: &str) -> String {
        let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    /// Registers the public half for an application.
    pub(crate) async fn register(&self, app: &TestApp, partner: &Partner) {
        // SubjectPublicKeyInfo of a point of P-256 (RFC 5480): always the same up to the point.
        const BEFORE_POINT: [u8; 26] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        let spki = [&BEFORE_POINT[..], self.0.public_key().as_ref()].concat();
        let body = STANDARD.encode(spki);
        let lines: Vec<&str> = body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"));
        let wish = PublicKeyWish {
            environment: Environment::Sandbox,
            used_for: PublicKeyUse::Signing,
            name: "Test",
            pem: &pem,
            lifetime: Lifetime::Unlimited,
            networks: "",
        };
        app.services.add_public_key(&partner.member, partner.application_id, wish).await.unwrap();
    }
}
