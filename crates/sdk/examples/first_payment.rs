//! The smallest payment. Key and secret come from the portal's page of your application:
//!
//! ```sh
//! API_KEY=ak_… API_SECRET=sk_sandbox_… cargo run --example first_payment
//! ```
#![allow(clippy::print_stdout, reason = "an example speaks to its terminal")]

use tallyport_sdk::{Client, CreatePayment, Payment};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str| std::env::var(name).map_err(|_| format!("set {name}"));
    let origin = setting("ORIGIN").unwrap_or_else(|_| "http://127.0.0.1:3000".to_owned());
    let client = Client::new(&origin, &setting("API_KEY")?, &setting("API_SECRET")?)?;
    let found = pay(&client).await?;
    println!("{} over {} {} is {}", found.id, found.amount, found.currency, found.status);
    Ok(())
}

/// Pays for two coffees, and reads how that went.
pub(crate) async fn pay(client: &Client) -> Result<Payment, Box<dyn std::error::Error>> {
    let payment = CreatePayment {
        order_id: "A-1001".to_owned(),
        amount: "100.00".to_owned(),
        currency: "USD".to_owned(),
        method: Some("card_ok".to_owned()),
        description: Some("Two coffees".to_owned()),
        ..CreatePayment::default()
    };
    // A key that follows from the order: running this twice still makes one payment.
    let key = format!("order-{}", payment.order_id).parse()?;
    let made = client.payments().create(&payment, &key).await?;
    Ok(client.payments().get(made.id.parse()?).await?)
}
