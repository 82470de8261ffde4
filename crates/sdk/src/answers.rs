//! Checking that an answer is the platform's own and about this very call.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use tallyport_domain::signature::{Algorithm, AnswerPlan, Field, RequestView, ResponseView, answer_plan};
use tokio::sync::Mutex;

use crate::error::Error;

/// More than any platform publishes.
const KEYS_MAX: usize = 100;

/// The platform's public keys, fetched when one is not known yet.
#[derive(Default)]
pub(crate) struct PlatformKeys {
    /// Uncompressed points of P-256, by their id.
    points: Mutex<HashMap<String, Vec<u8>>>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    kid: String,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
}

impl Key {
    fn point(&self) -> Option<Vec<u8>> {
        if self.crv != "P-256" {
            return None;
        }
        let mut point = vec![4];
        point.extend(URL_SAFE_NO_PAD.decode(&self.x).ok()?);
        point.extend(URL_SAFE_NO_PAD.decode(&self.y).ok()?);
        Some(point)
    }
}

/// An answer as it arrived.
pub(crate) struct Arrived<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) status: u16,
    pub(crate) fields: &'a [Field<'a>],
    pub(crate) body: &'a [u8],
}

impl PlatformKeys {
    /// Refuses an answer that the platform did not sign, or signed for another call.
    pub(crate) async fn check(
        &self,
        http: &reqwest::Client,
        base: &str,
        answer: &Arrived<'_>,
        now_ms: i64,
    ) -> Result<(), Error> {
        let request = RequestView {
            method: answer.method,
            scheme: "https",
            authority: "",
            path: answer.path,
            query: None,
            fields: &[],
            has_body: false,
        };
        let view = ResponseView { status: answer.status, fields: answer.fields, request: Some(&request) };
        let plan = answer_plan(&view, now_ms).map_err(|_| Error::AnswerNotAuthentic)?;
        let point = self.point(http, base, &plan.keyid).await?;
        if is_of(&plan, &point, answer.body) { Ok(()) } else { Err(Error::AnswerNotAuthentic) }
    }

    async fn point(&self, http: &reqwest::Client, base: &str, id: &str) -> Result<Vec<u8>, Error> {
        // Whoever fetches holds the lock, so everybody else waits for that one fetch.
        let mut points = self.points.lock().await;
        if !points.contains_key(id) {
            let answer = http.get(format!("{base}/.well-known/jwks.json")).send().await.map_err(Error::NoAnswer)?;
            let status = answer.status().as_u16();
            let body = answer.bytes().await.map_err(Error::NoAnswer)?;
            let set: KeySet = serde_json::from_slice(&body).map_err(|_| Error::NotUnderstood { status })?;
            let known = set.keys.iter().take(KEYS_MAX).filter_map(|key| Some((key.kid.clone(), key.point()?)));
            *points = known.collect();
        }
        points.get(id).cloned().ok_or(Error::AnswerNotAuthentic)
    }
}

fn is_of(plan: &AnswerPlan, point: &[u8], body: &[u8]) -> bool {
    let fits = |expected: &[u8], algorithm| digest(algorithm, body).as_ref() == expected;
    plan.alg == Algorithm::EcdsaP256Sha256
        && plan.content_digest.sha_256.is_none_or(|expected| fits(&expected, &SHA256))
        && plan.content_digest.sha_512.is_none_or(|expected| fits(&expected, &SHA512))
        && UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(&plan.base, &plan.signature).is_ok()
}
