//! Our own client as partners use it, over a real socket and over a line that loses and changes things.
//! The examples that partners read are run as they stand.

mod line;

#[allow(dead_code, reason = "who calls its main is the shell")]
#[path = "../../../crates/sdk/examples/first_payment.rs"]
mod first_payment;
#[allow(dead_code, reason = "who calls its main is the shell")]
#[path = "../../../crates/sdk/examples/webhook.rs"]
mod webhook;

use std::collections::HashSet;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::Environment;
use tallyport_domain::oauth::Lifetimes;
use tallyport_sdk::webhooks::{Received, Webhooks};
use tallyport_sdk::{Client, CreatePayment, Error, ErrorCode};
use tallyport_service::authorization::ClientSettings;
use tallyport_service::ports::{Clock as _, SystemClock};

use crate::support::{Partner, TestApp, on_both_databases};
use line::{Fault, Line};

/// Lets the server's clock show what the client's does.
fn agree_on_the_time(app: &TestApp) {
    app.clock.advance(SystemClock.now_ms() - app.clock.now_ms());
}

async fn partner(app: &TestApp) -> Partner {
    agree_on_the_time(app);
    app.partner("Shop").await
}

fn client(base_url: &str, partner: &Partner) -> Client {
    Client::new(base_url, &partner.api_key, &partner.api_secret).unwrap()
}

fn order(order_id: &str) -> CreatePayment {
    let (amount, currency) = ("1.00".to_owned(), "USD".to_owned());
    CreatePayment {
        order_id: order_id.to_owned(),
        amount,
        currency,
        method: Some("card_ok".to_owned()),
        ..CreatePayment::default()
    }
}

async fn count_payments(app: &TestApp, partner: &Partner) -> usize {
    let token = partner.token_for(&app.services, None).await;
    app.send(app.get("/v1/payments").bearer(&token)).await.json()["data"].as_array().unwrap().len()
}

on_both_databases! {
    async fn the_first_payment_is_made_once_however_often_it_is_run(app: TestApp) {
        let partner = partner(app).await;
        let client = client(&app.url(""), &partner);
        let first = first_payment::pay(&client).await.unwrap();
        assert_eq!((first.status.as_str(), first.amount.as_str()), ("captured", "100.00"));
        assert_eq!(first_payment::pay(&client).await.unwrap(), first);
        assert_eq!(count_payments(app, &partner).await, 1);
    }

    async fn refusals_are_typed(app: TestApp) {
        let partner = partner(app).await;
        let client = client(&app.url(""), &partner);
        client.payments().create(&order("A-1"), &"k-1".parse().unwrap()).await.unwrap();
        let again = client.payments().create(&order("A-1"), &"k-2".parse().unwrap()).await.unwrap_err();
        assert_eq!((again.code(), again.is_retryable()), (Some(ErrorCode::OrderAlreadyPaid), false));
        let other = client.payments().create(&order("A-2"), &"k-1".parse().unwrap()).await.unwrap_err();
        let Error::Refused(refusal) = &other else { panic!("{other:?}") };
        assert_eq!((refusal.code, &*refusal.problem.differs), (Some(ErrorCode::IdempotencyKeyReused), &["/order_id".to_owned()][..]));
        let nothing = client.payments().get("pay_01kaemzd2w5n8h9qv7c3r4t6yb".parse().unwrap()).await.unwrap_err();
        assert_eq!(nothing.code(), Some(ErrorCode::NotFound));
        let stranger = Client::new(&app.url(""), &partner.api_key, "sk_sandbox_wrong").unwrap();
        let refused = stranger.payments().create(&order("A-3"), &"k-3".parse().unwrap()).await.unwrap_err();
        assert!(matches!(&refused, Error::NoToken(refusal) if refusal.error == "invalid_client"), "{refused:?}");
    }

    async fn a_token_that_has_ended_is_replaced(app: TestApp) {
        let partner = partner(app).await;
        let lifetimes = Lifetimes::new(60, 3_600, 86_400).unwrap();
        let settings = ClientSettings { lifetimes, ..ClientSettings::default() };
        let (member, id) = (&partner.member, partner.application_id);
        app.services.save_client_settings(member, id, Environment::Sandbox, &settings).await.unwrap();
        let line = Line::to(app).await;
        let client = client(&line.url(), &partner);
        for order_id in ["A-1", "A-2"] {
            client.payments().create(&order(order_id), &order_id.parse().unwrap()).await.unwrap();
        }
        assert_eq!(line.sent("POST /oauth/token"), 1, "it is used while it is good");
        app.clock.advance(75_000);
        client.payments().create(&order("A-3"), &"A-3".parse().unwrap()).await.unwrap();
        assert_eq!((line.sent("POST /oauth/token"), line.sent("POST /v1/payments")), (2, 4));
    }

    async fn lost_answers_are_asked_for_again_and_nothing_is_paid_twice(app: TestApp) {
        let partner = partner(app).await;
        let line = Line::to(app).await;
        line.fail("POST /v1/payments", [Fault::LoseRequest, Fault::LoseAnswer, Fault::Unavailable]);
        let made = client(&line.url(), &partner).payments().create(&order("A-1"), &"k-1".parse().unwrap()).await;
        assert_eq!(made.unwrap().status, "captured");
        assert_eq!(line.sent("POST /v1/payments"), 4);
        assert_eq!(line.different("idempotency-key"), 1, "all tries are one call");
        assert_eq!(line.different("signature-input"), 4, "each is signed with a nonce of its own");
        assert_eq!(count_payments(app, &partner).await, 1);
    }

    async fn tries_end(app: TestApp) {
        let partner = partner(app).await;
        let line = Line::to(app).await;
        line.fail("POST /v1/payments", [Fault::LoseRequest; 5]);
        let failed = client(&line.url(), &partner).payments().create(&order("A-1"), &"k-1".parse().unwrap()).await;
        assert!(matches!(failed, Err(Error::NoAnswer(_))), "{failed:?}");
        assert_eq!((line.sent("POST /v1/payments"), count_payments(app, &partner).await), (4, 0));
    }

    async fn an_answer_that_was_changed_on_the_way_is_not_believed(app: TestApp) {
        let partner = partner(app).await;
        let line = Line::to(app).await;
        let client = client(&line.url(), &partner);
        for fault in [Fault::ChangeBody, Fault::Unsign] {
            line.fail("POST /v1/payments", [fault]);
            let failed = client.payments().create(&order("A-1"), &"k-1".parse().unwrap()).await;
            assert!(matches!(failed, Err(Error::AnswerNotAuthentic)), "{fault:?}: {failed:?}");
        }
        // The same call over a good line gives the payment that was made.
        let made = client.payments().create(&order("A-1"), &"k-1".parse().unwrap()).await.unwrap();
        assert_eq!((made.amount.as_str(), count_payments(app, &partner).await), ("1.00", 1));
    }

    async fn a_webhook_is_acted_on_when_it_is_the_platforms(app: TestApp) {
        let partner = partner(app).await;
        client(&app.url(""), &partner).payments().create(&order("A-1"), &"k-1".parse().unwrap()).await.unwrap();
        let token = partner.token_for(&app.services, None).await;
        let events = app.send(app.get("/v1/events?limit=1").bearer(&token)).await.json();
        let body = events["data"][0].to_string();
        let timestamp = (SystemClock.now_ms() / 1000).to_string();
        let secret = [7; 32];
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), format!("evt_1.{timestamp}.{body}").as_bytes());
        let signature = format!("v1,{}", STANDARD.encode(mac));
        let received =
            Received { id: "evt_1", timestamp: &timestamp, signature: &signature, body: body.as_bytes() };
        let webhooks = Webhooks::new(&format!("whsec_{}", STANDARD.encode(secret))).unwrap();
        let event = webhooks.verify(&received).unwrap();
        assert_eq!((event.kind.as_str(), event.sequence), ("payment.captured", 2));
        let mut seen = HashSet::new();
        for _ in 0..2 {
            assert_eq!(webhook::answer(&webhooks, &received, &mut seen), 200);
        }
        let other = Webhooks::new("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert_eq!(webhook::answer(&other, &received, &mut seen), 400);
    }
}
