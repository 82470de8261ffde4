//! Instances of channels: who takes new payments, what happens when one fails, and that a payment stays
//! with the instance that has it.

use serde_json::json;

use crate::administrator;
use crate::browser::{Browser, PASSWORD, Page};
use crate::support::{TestApp, on_both_databases, until};

const FIRST: &str = "sandbox_card_1";
const SECOND: &str = "sandbox_card_2";

async fn change(browser: &Browser<'_>, instance: &str, weight: &str, new_work: &str, drill: &str) -> Page {
    let fields = [("instance", instance), ("weight", weight), ("new_work", new_work), ("drill", drill)];
    browser.submit("/ui/change_channel_instance", &fields).await
}

async fn practise(browser: &Browser<'_>, instance: &str, drill: &str) {
    change(browser, instance, "100", "enabled", drill).await.assert_shows("sandbox_card_1");
}

async fn payments_at(app: &TestApp, instance: &str) -> i64 {
    app.db.number(&format!("SELECT count(*) FROM payments WHERE instance = '{instance}'")).await
}

on_both_databases! {
    async fn instances_share_the_payments_and_a_disabled_one_takes_none(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        for number in 0..20 {
            assert_eq!(app.send(app.payment(&partner, &format!("A-{number}"), "1.00")).await.status, 201);
        }
        assert!(payments_at(app, FIRST).await > 0 && payments_at(app, SECOND).await > 0);
        let before = payments_at(app, SECOND).await;
        change(&browser, SECOND, "300", "disabled", "").await.assert_shows("Takes none");
        for number in 20..30 {
            assert_eq!(app.send(app.payment(&partner, &format!("A-{number}"), "1.00")).await.status, 201);
        }
        assert_eq!(payments_at(app, SECOND).await, before);
        let form = browser.get("/admin/channels?instance=sandbox_card_2").await;
        form.assert_shows("value=\"300\"");
        let said = "SELECT count(*) FROM audit_entries WHERE action = 'channel_instance.changed' AND object = 'sandbox_card_2'";
        assert_eq!(app.db.number(said).await, 1);
        // The same once more changes nothing, and says nothing.
        change(&browser, SECOND, "300", "disabled", "").await.assert_shows("Takes none");
        assert_eq!(app.db.number(said).await, 1);
    }

    async fn payment_goes_on_to_another_instance_only_while_nothing_was_done(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        practise(&browser, FIRST, "unreachable").await;
        for number in 0..10 {
            let paid = app.send(app.payment(&partner, &format!("A-{number}"), "1.00")).await;
            assert_eq!((paid.status, paid.text("/status")), (201, "captured".to_owned()));
        }
        assert_eq!((payments_at(app, FIRST).await, payments_at(app, SECOND).await), (0, 10));
        browser.get("/admin/channels").await.assert_shows("Left alone");

        practise(&browser, SECOND, "unreachable").await;
        let payment = app.payment(&partner, "B-1", "1.00");
        let refused = app.send(payment.clone()).await;
        refused.assert_problem(503, "channel_down");
        assert!(!refused.header("retry-after").is_empty());
        assert_eq!(app.db.number("SELECT count(*) FROM payments WHERE order_id = 'B-1'").await, 0);
        practise(&browser, SECOND, "").await;
        // Whether the second one is left alone for now or not, the same request is good again in the end.
        app.clock.advance(60_000);
        assert_eq!(app.send(app.payment(&partner, "B-1", "1.00")).await.text("/status"), "captured");
    }

    async fn payment_whose_instance_is_silent_is_unknown_and_resolved_by_that_instance(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        change(&browser, SECOND, "100", "disabled", "").await;
        practise(&browser, FIRST, "silent").await;
        let unknown = app.send(app.payment(&partner, "A-1", "1.00")).await;
        assert_eq!((unknown.status, unknown.text("/status")), (201, "unknown".to_owned()));
        change(&browser, FIRST, "100", "disabled", "").await;
        app.clock.advance(5_000);
        app.services.do_due_work().await.unwrap();
        let path = format!("/v1/payments/{}", unknown.text("/id"));
        until(async || app.send(app.get(&path).bearer(&partner.token)).await.text("/status") == "captured").await;
        assert_eq!(payments_at(app, FIRST).await, 1);
        app.assert_books_are_whole().await;
    }

    async fn form_says_when_the_channel_cannot_be_reached_and_works_once_it_can(app: TestApp) {
        let browser = administrator(app).await;
        let member = app.sign_up("ada@example.com", PASSWORD).await;
        let partner = app.application(&member, "Bookshop").await;
        change(&browser, SECOND, "100", "disabled", "").await;
        let paid = app.send(app.payment(&partner, "A-1", "10.00")).await.text("/id");
        practise(&browser, FIRST, "unreachable").await;
        let hands = Browser::new(app);
        hands.sign_in("ada@example.com").await;
        let form = hands.get(&format!("/console/payments/{paid}/refund")).await;
        let key = form.between("name=\"key\" value=\"", "\"");
        let fields = [("payment", paid.as_str()), ("key", key), ("amount", "4.00")];
        let refused = hands.submit("/ui/make_refund", &fields).await;
        refused.assert_shows("The channel cannot be reached at the moment. Nothing was done");
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 0);
        practise(&browser, FIRST, "").await;
        hands.submit("/ui/make_refund", &fields).await.assert_shows("The refund was made");
        app.assert_books_are_whole().await;
    }

    async fn hold_and_refund_wait_for_the_instance_that_has_the_payment(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        change(&browser, SECOND, "100", "disabled", "").await;
        let manual = json!({ "order_id": "A-1", "amount": "10.00", "currency": "USD", "method": "card_ok", "capture": "manual" });
        let held = app.send(app.payment_of(&partner, "A-1", &manual)).await.text("/id");
        let paid = app.send(app.payment(&partner, "A-2", "10.00")).await.text("/id");
        change(&browser, SECOND, "100", "enabled", "").await;
        practise(&browser, FIRST, "unreachable").await;
        let capture = || app.money_call(&partner, &format!("/v1/payments/{held}/capture"), "c1", &json!({}));
        let cancel = || app.money_call(&partner, &format!("/v1/payments/{held}/cancel"), "c2", &json!({}));
        let refund = || app.money_call(&partner, "/v1/refunds", "r1", &json!({ "payment_id": paid }));
        app.send(capture()).await.assert_problem(503, "channel_down");
        app.send(cancel()).await.assert_problem(503, "channel_down");
        app.send(refund()).await.assert_problem(503, "channel_down");
        // Somebody else learns nothing about it.
        let stranger = app.partner("Stranger").await;
        let theirs = app.money_call(&stranger, &format!("/v1/payments/{held}/capture"), "c1", &json!({}));
        app.send(theirs).await.assert_problem(404, "not_found");
        practise(&browser, FIRST, "").await;
        assert_eq!(app.send(capture()).await.text("/status"), "captured");
        assert_eq!(app.send(refund()).await.text("/status"), "succeeded");
        practise(&browser, FIRST, "unreachable").await;
        for repeated in [app.send(capture()).await, app.send(refund()).await] {
            assert_eq!(repeated.header("idempotent-replayed"), "true", "{repeated:?}");
        }
        app.send(cancel()).await.assert_problem(409, "state_conflict");
        assert_eq!(app.db.number("SELECT count(*) FROM movements WHERE instance = 'sandbox_card_1'").await, 1);
        app.assert_books_are_whole().await;
    }
}

#[tokio::test]
async fn what_does_not_fit_an_instance_is_named_and_changes_nothing() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    for weight in ["0", "1001", "-1", "1.5", ""] {
        let page = change(&browser, FIRST, weight, "enabled", "").await;
        page.assert_shows("Enter a whole number from 1 to 1000.");
    }
    change(&browser, FIRST, "1", "maybe", "flood").await.assert_shows("Choose one of the list.");
    for unknown in ["sandbox_card_9", "x' OR '1'='1", ""] {
        let fields = [("instance", unknown), ("weight", "1"), ("new_work", "enabled"), ("drill", "")];
        assert_eq!(browser.post("/ui/change_channel_instance", &fields).await.status, 404, "{unknown}");
    }
    assert_eq!(app.db.number("SELECT count(*) FROM channel_instances WHERE weight <> 100").await, 0);
}
