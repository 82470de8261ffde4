// cargo add reqwest --features blocking,json
// cargo add serde_json
use std::env;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A token that an account holder consented to.
    let token = env::var("TOKEN")?;
    let answer: serde_json::Value =
        reqwest::blocking::Client::new().get("{{origin}}/v1/userinfo").bearer_auth(token).send()?.json()?;
    println!("{answer:#}");
    Ok(())
}
