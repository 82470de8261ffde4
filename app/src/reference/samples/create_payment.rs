// cargo add reqwest --features blocking,form
// cargo add serde_json base64@0.22 hmac@0.13 sha2@0.11
// cargo add uuid --features v4
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{env, time::SystemTime};
use uuid::Uuid;

const ORIGIN: &str = "{{origin}}";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (key, secret) = (env::var("API_KEY")?, env::var("API_SECRET")?);
    let http = reqwest::blocking::Client::new();
    let granted = http
        .post(format!("{ORIGIN}/oauth/token"))
        .basic_auth(&key, Some(&secret))
        .form(&[("grant_type", "client_credentials")])
        .send()?
        .text()?;
    let granted: serde_json::Value = serde_json::from_str(&granted)?;
    let token = granted["access_token"].as_str().ok_or("no token")?;

    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let body = serde_json::json!({
        "order_id": format!("A-{now}"),
        "amount": "100.00",
        "currency": "USD",
        "method": "card_ok",
    })
    .to_string();
    let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&body)));
    let idempotency_key = Uuid::new_v4().to_string();
    let covered = [
        ("@method", "POST"),
        ("@authority", ORIGIN.split("://").last().unwrap_or_default()),
        ("@path", "/v1/payments"),
        ("content-digest", &digest),
        ("idempotency-key", &idempotency_key),
    ];
    let names = covered.map(|(name, _)| format!("\"{name}\"")).join(" ");
    let params = format!(
        "({names});created={now};nonce=\"{}\";keyid=\"{key}\";alg=\"hmac-sha256\";tag=\"tallyport\"",
        Uuid::new_v4()
    );
    let lines = covered.map(|(name, value)| format!("\"{name}\": {value}\n")).concat();
    let base = format!("{lines}\"@signature-params\": {params}");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(base.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());

    let answer = http
        .post(format!("{ORIGIN}/v1/payments"))
        .bearer_auth(token)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", &idempotency_key)
        .header("Content-Digest", &digest)
        .header("Signature-Input", format!("sig1={params}"))
        .header("Signature", format!("sig1=:{signature}:"))
        .body(body)
        .send()?;
    println!("{}", answer.text()?);
    Ok(())
}
