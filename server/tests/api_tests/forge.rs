//! Making tokens by hand: with the platform's own key, taken from the database with the operator's
//! key, or with another. Only so can a test show what a token is refused for.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tallyport_domain::{KeyPurpose, TokenAlgorithm};
use tallyport_service::secrets::{Place, Vault};
use tallyport_storage::{data_keys, platform_keys};
use zeroize::Zeroizing;

use crate::support::{KEY_ENCRYPTION_KEY, Partner, TestApp};

/// A key pair that signs whatever it is given.
pub(crate) struct Forge {
    pair: EcdsaKeyPair,
    /// The id of the platform's key, whoever's this one is.
    pub(crate) kid: String,
}

impl Forge {
    /// The platform's own key.
    pub(crate) async fn with_platform_key(app: &TestApp) -> Self {
        let (kid, private_key) = platform_key(app, TokenAlgorithm::Es256).await;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private_key).unwrap();
        Self { pair, kid }
    }

    /// A key of an attacker, who gives the platform's id for it.
    pub(crate) async fn with_own_key(app: &TestApp) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self { pair, ..Self::with_platform_key(app).await }
    }

    /// The header that the platform would write.
    pub(crate) fn header(&self) -> Value {
        json!({ "typ": "at+jwt", "alg": "ES256", "kid": self.kid })
    }

    /// The public half, as a JWK.
    pub(crate) fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let coordinate = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&point[range]);
        json!({ "kty": "EC", "crv": "P-256", "x": coordinate(1..33), "y": coordinate(33..65) })
    }

    pub(crate) fn public_point(&self) -> Vec<u8> {
        self.pair.public_key().as_ref().to_vec()
    }

    pub(crate) fn token(&self, header: &Value, claims: &Value) -> String {
        let text = unsigned(header, claims);
        let signature = self.pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

/// The oldest of the platform's keys for tokens of this algorithm: its id and its private half.
pub(crate) async fn platform_key(app: &TestApp, algorithm: TokenAlgorithm) -> (String, Zeroizing<Vec<u8>>) {
    let mut reader = app.services.db().read().await.unwrap();
    let vault = Vault::new(&KEY_ENCRYPTION_KEY, None);
    for key in data_keys::list(&mut reader).await.unwrap() {
        vault.load_data_key(key.id, &key.key_encryption_key_id, &key.wrapped).unwrap();
    }
    let keys = platform_keys::list(&mut reader, KeyPurpose::AccessToken).await.unwrap();
    let key = keys.into_iter().find(|key| key.algorithm == algorithm.as_str()).unwrap();
    let kid = key.id.to_string();
    let place = Place { table: "platform_keys", column: "private_key", row: &kid };
    let private_key = vault.open(place, &key.private_key).unwrap();
    (kid, private_key)
}

/// Header and claims as a token has them, without a signature.
pub(crate) fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// A part of a token: 0 is the header, 1 the claims.
pub(crate) fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// The claims of the partner's own token.
pub(crate) fn claims(partner: &Partner) -> Value {
    part(&partner.token, 1)
}
