// cargo add reqwest --features blocking,form,json
// cargo add serde_json
use std::env;

const ORIGIN: &str = "{{origin}}";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (key, secret) = (env::var("API_KEY")?, env::var("API_SECRET")?);
    let http = reqwest::blocking::Client::new();
    let granted: serde_json::Value = http
        .post(format!("{ORIGIN}/oauth/token"))
        .basic_auth(key, Some(secret))
        .form(&[("grant_type", "client_credentials")])
        .send()?
        .json()?;
    let token = granted["access_token"].as_str().ok_or("no token")?;

    let payment_id = env::args().nth(1).ok_or("the id of a payment, such as pay_01k…")?;
    let payment: serde_json::Value = http
        .get(format!("{ORIGIN}/v1/payments/{payment_id}"))
        .bearer_auth(token)
        .send()?
        .json()?;
    println!("{payment:#}");
    Ok(())
}
