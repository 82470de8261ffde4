//! Calls about payments.

use reqwest::Method;
use tallyport_contract::payment::{CreatePayment, Payment};
use tallyport_domain::books::IdempotencyKey;
use tallyport_domain::ids::PaymentId;

use crate::client::{Call, Client};
use crate::error::Error;

/// Calls about payments; get it from [`Client::payments`].
#[derive(Debug, Clone, Copy)]
pub struct Payments<'a> {
    pub(crate) client: &'a Client,
}

impl Payments<'_> {
    /// Makes a payment. The key names this one payment: whoever calls again with the same key and
    /// the same payment gets the first answer, and no second payment is made.
    ///
    /// # Errors
    /// When the platform refuses it, or cannot be reached in several tries. A declined card is no
    /// error but a payment whose status is `failed`.
    pub async fn create(&self, payment: &CreatePayment, key: &IdempotencyKey) -> Result<Payment, Error> {
        let body = serde_json::to_vec(payment).expect("wire types hold nothing that JSON cannot say");
        let call = Call { method: Method::POST, path: "/v1/payments".to_owned(), key: Some(key.as_str()), body };
        self.client.call(&call).await
    }

    /// Finds a payment of this application.
    ///
    /// # Errors
    /// With the code `not_found` when there is none here, and when the platform cannot be reached.
    pub async fn get(&self, id: PaymentId) -> Result<Payment, Error> {
        let call = Call { method: Method::GET, path: format!("/v1/payments/{id}"), key: None, body: Vec::new() };
        self.client.call(&call).await
    }
}
