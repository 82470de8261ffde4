// cargo add reqwest --features blocking,form,json
// cargo add serde_json
use std::env;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (key, secret) = (env::var("API_KEY")?, env::var("API_SECRET")?);
    let answer: serde_json::Value = reqwest::blocking::Client::new()
        .post("{{origin}}/oauth/token")
        .basic_auth(key, Some(secret))
        .form(&[
            ("grant_type", "client_credentials"),
            ("scope", "payments:write payments:read"),
        ])
        .send()?
        .json()?;
    println!("{answer:#}");
    Ok(())
}
