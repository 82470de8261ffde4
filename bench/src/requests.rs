//! Whole requests as bytes, made and signed before anything is timed.

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_contract::token::TokenAnswer;
use tallyport_sdk::CreatePayment;
use tallyport_sdk::sign::{Once, Signer, Unsigned};

use crate::connection::{Connection, OK};
use crate::seed::Partner;
use crate::server::Server;

const PATH: &str = "/v1/payments";

/// A number of requests, one after the other in memory.
pub(crate) struct Requests {
    bytes: Vec<u8>,
    /// Where each ends. One that is sent again and again stands here once.
    ends: Vec<usize>,
    count: usize,
    /// What the order ids of payments start with.
    order_prefix: String,
}

/// Who asks for a payment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Payer<'a> {
    pub(crate) api_key: &'a str,
    pub(crate) api_secret: &'a str,
    pub(crate) token: &'a str,
}

impl Requests {
    /// So many payments, each with an order, a key and a nonce of its own, by these applications in turn. The
    /// prefix tells this run's orders from other runs'.
    pub(crate) fn payments(count: usize, order_prefix: &str, authority: &str, payers: &[Payer<'_>]) -> Result<Self> {
        let signers: Vec<_> =
            payers.iter().map(|payer| (Signer::new(payer.api_key, payer.api_secret), payer)).collect();
        let mut requests = Self {
            bytes: Vec::with_capacity(count * 1400),
            ends: Vec::with_capacity(count),
            count,
            order_prefix: order_prefix.to_owned(),
        };
        for (index, (signer, payer)) in signers.iter().cycle().take(count).enumerate() {
            requests.push_payment(signer, authority, payer.token, index)?;
        }
        Ok(requests)
    }

    fn push_payment(&mut self, signer: &Signer, authority: &str, token: &str, index: usize) -> Result<()> {
        let order_id = self.order_id(index);
        let body = serde_json::to_string(&payment(&order_id))?;
        let unsigned = Unsigned {
            method: "POST",
            scheme: "http",
            authority,
            path: PATH,
            query: None,
            idempotency_key: Some(&order_id),
            body: body.as_bytes(),
        };
        let signed = signer.sign(&unsigned, &Once::now())?;
        let mut head = format!(
            "POST {PATH} HTTP/1.1\r\nhost: {authority}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nidempotency-key: {order_id}\r\n",
            body.len()
        );
        for (name, value) in signed.fields() {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        self.bytes.extend_from_slice(head.as_bytes());
        self.bytes.extend_from_slice(b"\r\n");
        self.bytes.extend_from_slice(body.as_bytes());
        self.ends.push(self.bytes.len());
        Ok(())
    }

    /// The same request so many times: the handler that does nothing, `GET /healthz`.
    pub(crate) fn healthz(count: usize, server: &Server) -> Self {
        Self::repeated(count, format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", server.authority()))
    }

    /// These requests, whatever they are.
    pub(crate) fn each(requests: Vec<String>) -> Self {
        let mut each = Self { bytes: Vec::new(), ends: Vec::new(), count: requests.len(), order_prefix: String::new() };
        for request in requests {
            each.bytes.extend_from_slice(request.as_bytes());
            each.ends.push(each.bytes.len());
        }
        each
    }

    /// The same request so many times.
    pub(crate) fn repeated(count: usize, request: String) -> Self {
        let bytes = request.into_bytes();
        Self { ends: vec![bytes.len()], bytes, count, order_prefix: String::new() }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The bytes of one of them.
    pub(crate) fn get(&self, index: usize) -> Option<&[u8]> {
        if index >= self.count {
            return None;
        }
        let index = index % self.ends.len();
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.bytes[start..self.ends[index]])
    }

    /// The order that the payment with this number is for.
    pub(crate) fn order_id(&self, index: usize) -> String {
        format!("{}-{index}", self.order_prefix)
    }
}

/// The payment that is made for an order.
pub(crate) fn payment(order_id: &str) -> CreatePayment {
    CreatePayment {
        order_id: order_id.to_owned(),
        amount: "10.00".to_owned(),
        currency: "USD".to_owned(),
        method: Some("card_ok".to_owned()),
        ..CreatePayment::default()
    }
}

/// A form of a client that shows its key and secret.
pub(crate) fn client_form(authority: &str, path: &str, api_key: &str, api_secret: &str, form: &str) -> String {
    let basic = STANDARD.encode(format!("{api_key}:{api_secret}"));
    format!(
        "POST {path} HTTP/1.1\r\nhost: {authority}\r\nauthorization: Basic {basic}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// The form of who wants a token.
pub(crate) const TOKEN_FORM: &str = "grant_type=client_credentials";

/// An access token, from the server itself.
pub(crate) async fn token(server: &Server, partner: &Partner) -> Result<String> {
    let Partner { api_key, api_secret, .. } = partner;
    let request = client_form(&server.authority(), "/oauth/token", api_key, api_secret, TOKEN_FORM);
    let mut connection = Connection::open(server.address).await?;
    let answer = connection.ask(request.as_bytes()).await.context("the token endpoint")?;
    if answer.status != OK {
        bail!("the token endpoint said {}: {}", answer.status, String::from_utf8_lossy(answer.body));
    }
    Ok(serde_json::from_slice::<TokenAnswer>(answer.body)?.access_token)
}
