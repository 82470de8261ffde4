//! Tallyport's client for partners: gets and renews tokens, signs every call, repeats what is safe
//! to repeat, checks that answers and webhooks are the platform's own, and turns problems into typed errors.
//!
//! It knows the open API and nothing of the server behind it. What a call may do is decided there;
//! what a signature covers is the domain's rule, shared with the server.
//!
//! ```no_run
//! # async fn pay() -> Result<(), Box<dyn std::error::Error>> {
//! use tallyport_sdk::{Client, CreatePayment};
//!
//! let client = Client::new("https://pay.example", "ak_…", "sk_sandbox_…")?;
//! let payment = CreatePayment {
//!     order_id: "A-1001".into(),
//!     amount: "100.00".into(),
//!     currency: "USD".into(),
//!     method: Some("card_ok".into()),
//!     ..CreatePayment::default()
//! };
//! let payment = client.payments().create(&payment, &"order-A-1001".parse()?).await?;
//! println!("{} is {}", payment.id, payment.status);
//! # Ok(()) }
//! ```

mod answers;
mod client;
mod error;
mod payments;
mod ports;
mod retry;
pub mod sign;
mod tokens;
pub mod webhooks;

pub use client::Client;
pub use error::{Error, Refusal};
pub use payments::Payments;
pub use tallyport_contract::event::{Event, EventObject};
pub use tallyport_contract::payment::{CreatePayment, Payment};
pub use tallyport_contract::{ErrorCode, Problem};
pub use tallyport_domain::books::IdempotencyKey;
