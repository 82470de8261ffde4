//! What a shop does with a webhook: believes it when it is the platform's, and acts on it once.
//!
//! ```sh
//! WEBHOOK_SECRET=whsec_… cargo run --example webhook -- ID TIMESTAMP SIGNATURE < body.json
//! ```
#![allow(clippy::print_stdout, reason = "an example speaks to its terminal")]

use std::collections::HashSet;
use std::io::Read as _;

use tallyport_sdk::webhooks::{Received, WebhookRefusal, Webhooks};
use tallyport_sdk::{Event, EventObject};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let webhooks = Webhooks::new(&std::env::var("WEBHOOK_SECRET")?)?;
    let mut arguments = std::env::args().skip(1);
    let mut field = |name: &str| arguments.next().ok_or(format!("give the field {name}"));
    let (id, timestamp, signature) = (field("webhook-id")?, field("webhook-timestamp")?, field("webhook-signature")?);
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body)?;
    let received = Received { id: &id, timestamp: &timestamp, signature: &signature, body: &body };
    println!("the answer is {}", answer(&webhooks, &received, &mut HashSet::new()));
    Ok(())
}

/// The status of the answer: what is not 2xx is sent again later.
pub(crate) fn answer(webhooks: &Webhooks, received: &Received<'_>, seen: &mut HashSet<String>) -> u16 {
    match webhooks.verify(received) {
        // A webhook may come twice, when the answer to the first was lost.
        Ok(_) if !seen.insert(received.id.to_owned()) => 200,
        Ok(event) => {
            act_on(&event);
            200
        }
        // Nothing that this shop waits for.
        Err(WebhookRefusal::Unknown) => 200,
        Err(_) => 400,
    }
}

fn act_on(event: &Event) {
    match &event.data.object {
        EventObject::Payment(payment) => println!("order {} is {}", payment.order_id, payment.status),
        EventObject::Movement(_) => println!("{} happened", event.kind),
    }
}
