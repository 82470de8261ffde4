//! The pages of payers: acting once, being led back, and what others can make of such a page.

use serde_json::json;
use tokio::task::JoinSet;

use crate::browser::Browser;
use crate::support::{Answer, Partner, TestApp, on_both_databases};

const BACK: &str = "https://shop.example/orders/A-1?from=pay";

async fn made(app: &TestApp, partner: &Partner, order: &str, more: serde_json::Value) -> Answer {
    let mut body = json!({ "order_id": order, "amount": "10.00", "currency": "USD" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = app.send(app.payment_of(partner, order, &body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer
}

async fn status(app: &TestApp, partner: &Partner, id: &str) -> String {
    app.send(app.get(&format!("/v1/payments/{id}")).bearer(&partner.token)).await.text("/status")
}

on_both_databases! {
    async fn payer_who_confirms_is_led_back_to_the_partner_once(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        let more = json!({ "method": "card_3ds_required", "return_url": BACK, "description": "<b>Two</b> books" });
        let waiting = made(app, &partner, "A-1", more).await;
        let id = waiting.text("/id");
        let path = format!("/pay/{id}");
        assert_eq!(waiting.text("/next_action/url"), app.url(&path));
        let read = app.send(app.get(&format!("/v1/payments/{id}")).bearer(&partner.token)).await;
        assert_eq!(read.text("/next_action/url"), app.url(&path));

        let payer = Browser::new(app);
        let page = payer.get(&path).await;
        assert_eq!(page.status, 200);
        page.assert_shows("Bookshop");
        page.assert_shows("10.00");
        page.assert_shows("&lt;b&gt;Two&lt;/b&gt; books");
        assert!(page.header("content-security-policy").contains("form-action 'self' https://shop.example;"), "{page:?}");
        assert_eq!(page.header("x-form-leads-to"), "");
        assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "no-referrer"));

        let acts = [("payment", id.as_str()), ("deed", "confirm"), ("place", "page")];
        let done = payer.post("/ui/payer_acts", &acts).await;
        assert_eq!((done.status, done.location.as_str()), (303, BACK));
        assert_eq!(status(app, &partner, &id).await, "captured");
        let again = payer.post("/ui/payer_acts", &acts).await;
        assert_eq!((again.status, again.location.as_str()), (303, path.as_str()));
        let ended = payer.get(&path).await;
        ended.assert_shows("Back to shop.example");
        assert!(!ended.html.contains("/ui/payer_acts"));
        assert!(!ended.header("content-security-policy").contains("shop.example"));
        app.assert_books_are_whole().await;
    }

    async fn payer_who_refuses_or_fails_pays_nothing(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        for (card, deed) in [("card_3ds_required", "refuse"), ("card_3ds_fails", "confirm")] {
            let id = made(app, &partner, card, json!({ "method": card })).await.text("/id");
            let payer = Browser::new(app);
            let page = payer.submit("/ui/payer_acts", &[("payment", &id), ("deed", deed), ("place", "page")]).await;
            page.assert_shows("Nothing was paid");
            assert_eq!(status(app, &partner, &id).await, "failed", "{card}");
        }
        app.assert_books_are_whole().await;
    }

    async fn payer_who_scans_pays_with_the_wallet_and_stays_there(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        let more = json!({ "channel": "wechat_pay", "scene": "qr", "sandbox_outcome": "requires_action", "return_url": BACK });
        let waiting = made(app, &partner, "A-1", more).await;
        assert_eq!(waiting.text("/next_action/type"), "scan");
        let id = waiting.text("/id");
        let (desk, phone) = (Browser::new(app), Browser::new(app));
        let code = desk.get(&format!("/pay/{id}")).await;
        code.assert_shows("<svg");
        // Nobody confirms in front of the code: that is done on the phone.
        assert!(!code.html.contains("/ui/payer_acts"));
        phone.get(&format!("/pay/{id}/wallet")).await.assert_shows("/ui/payer_acts");
        let acts = [("payment", id.as_str()), ("deed", "confirm"), ("place", "wallet")];
        let done = phone.post("/ui/payer_acts", &acts).await;
        assert_eq!(done.location, format!("/pay/{id}/wallet"));
        phone.get(&done.location).await.assert_shows("device that showed the code");
        desk.get(&format!("/pay/{id}")).await.assert_shows(BACK);
        assert_eq!(status(app, &partner, &id).await, "captured");
    }

    async fn nobody_answers_for_a_channel_on_the_page_of_a_payer(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        let silent = json!({ "channel": "alipay", "sandbox_outcome": "never_answers" });
        let id = made(app, &partner, "A-1", silent).await.text("/id");
        let payer = Browser::new(app);
        let acts = |deed: &'static str| [("payment", id.clone()), ("deed", deed.to_owned())];
        let fields = acts("confirm");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(payer.post("/ui/payer_acts", &fields).await.status, 303);
        assert_eq!(status(app, &partner, &id).await, "unknown");
        assert_eq!(payer.post_from("cross-site", "/ui/payer_acts", &fields).await.status, 403);
        for (payment, deed, expected) in [
            (id.as_str(), "capture", 400),
            ("pay_01kaemzd2w5n8h9qv7c3r4t6yb", "confirm", 404),
            ("x", "confirm", 404),
        ] {
            let answer = payer.post("/ui/payer_acts", &[("payment", payment), ("deed", deed)]).await;
            assert_eq!(answer.status, expected, "{payment} {deed}");
        }
        for path in ["/pay/x", "/pay/pay_01kaemzd2w5n8h9qv7c3r4t6yb", "/pay/x/wallet"] {
            assert_eq!(payer.get(path).await.status, 404, "{path}");
        }
        app.assert_books_are_whole().await;
    }

    async fn payer_who_comes_too_late_ends_the_payment(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        let id = made(app, &partner, "A-1", json!({ "method": "card_3ds_required" })).await.text("/id");
        app.clock.advance(15 * 60 * 1000);
        let payer = Browser::new(app);
        payer.submit("/ui/payer_acts", &[("payment", &id), ("deed", "confirm")]).await.assert_shows("time for this payment is over");
        assert_eq!(app.db.number("SELECT count(*) FROM payments WHERE status = 'expired'").await, 1);
        app.assert_books_are_whole().await;
    }

    async fn of_two_hands_on_one_payment_one_acts(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        for round in 0..10 {
            let id = made(app, &partner, &format!("A-{round}"), json!({ "method": "card_3ds_required" })).await.text("/id");
            let id: tallyport_domain::ids::PaymentId = id.parse().unwrap();
            let mut hands = JoinSet::new();
            for hand in 0..8 {
                let services = app.services.clone();
                hands.spawn(async move { services.act_as_sandbox_payer(id, hand % 2 == 0).await });
            }
            let acted = hands.join_all().await;
            assert_eq!(acted.iter().filter(|acted| acted.is_ok()).count(), 1, "{acted:?}");
        }
        app.assert_books_are_whole().await;
    }
}
