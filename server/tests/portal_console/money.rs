//! Money in the console: what is shown is what the books say, and what is moved by hand is moved once.

use serde_json::json;
use tallyport_domain::TeamRole;
use tallyport_storage::teams;

use crate::browser::{Browser, PASSWORD, Page};
use crate::support::{BEGINNING_MS, Partner, TestApp, on_both_databases, until};

const EMAIL: &str = "ada@example.com";

/// Somebody signed in, with an application that takes payments.
async fn shop(app: &TestApp) -> (Browser<'_>, Partner) {
    let member = app.sign_up(EMAIL, PASSWORD).await;
    let partner = app.application(&member, "Bookshop").await;
    let browser = Browser::new(app);
    browser.sign_in(EMAIL).await;
    (browser, partner)
}

/// The key that the form on a page carries.
fn key_of(page: &Page) -> String {
    page.between("name=\"key\" value=\"", "\"").to_owned()
}

async fn paid(app: &TestApp, partner: &Partner, order: &str, amount: &str) -> String {
    let answer = app.send(app.payment(partner, order, amount)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.text("/id")
}

on_both_databases! {
    async fn payment_shows_its_way_its_postings_and_its_events(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let id = paid(app, &partner, "A-1", "1250.50").await;
        let page = browser.get(&format!("/console/payments/{id}")).await;
        for text in ["1,250.50", "Captured", "sandbox_card", "payment.captured", "payment.created", "Available"] {
            page.assert_shows(text);
        }
        page.assert_shows(&format!("/console/payments/{id}/refund"));
    }

    async fn payment_of_very_many_captures_shows_where_it_stands_and_says_what_it_leaves_out(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let held = json!({ "order_id": "A-1", "amount": "10.00", "currency": "USD", "method": "card_ok", "capture": "manual" });
        let payment = app.send(app.payment_of(&partner, "k", &held)).await.text("/id");
        let part = json!({ "amount": "0.01", "currency": "USD" });
        for number in 1..=250 {
            let capture = app.money_call(&partner, &format!("/v1/payments/{payment}/capture"), &format!("k{number}"), &part);
            assert_eq!(app.send(capture).await.status, 200);
        }
        let page = browser.get(&format!("/console/payments/{payment}")).await;
        page.assert_shows("Only the first 500 lines are shown, without their sum.");
        page.assert_shows("252");
        assert!(!page.html.contains("<strong>Sum</strong>"), "the sum of a part");
    }

    async fn payment_shows_the_calls_that_made_and_changed_it(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let held = json!({ "order_id": "A-1", "amount": "10.00", "currency": "USD", "method": "card_ok", "capture": "manual" });
        let payment = app.send(app.payment_of(&partner, "made-it", &held)).await.text("/id");
        let capture = format!("/v1/payments/{payment}/capture");
        for (key, amount) in [("first-part", "4.00"), ("second-part", "6.00"), ("second-part", "6.00")] {
            let part = json!({ "amount": amount, "currency": "USD" });
            assert_eq!(app.send(app.money_call(&partner, &capture, key, &part)).await.status, 200);
        }
        // Another payment of the same application, and a refund, are not calls of this one.
        paid(app, &partner, "A-2", "5.00").await;
        let refund = json!({ "payment_id": payment, "amount": "1.00", "currency": "USD" });
        assert_eq!(app.send(app.money_call(&partner, "/v1/refunds", "gave-back", &refund)).await.status, 201);

        let page = browser.get(&format!("/console/payments/{payment}")).await;
        for text in ["made-it", "first-part", "second-part", &capture] {
            page.assert_shows(text);
        }
        let calls = app.services.list_member_calls(&partner.member, payment.parse().unwrap()).await.unwrap();
        let keys: Vec<String> = calls.iter().map(|call| call.idempotency_key.to_string()).collect();
        assert_eq!(keys, ["made-it", "first-part", "second-part"]);
        assert!(calls.iter().all(|call| call.answer_sequence.is_some()));

        let stranger = app.partner("Stranger").await;
        assert!(app.services.list_member_calls(&stranger.member, payment.parse().unwrap()).await.unwrap().is_empty());
    }

    async fn refund_is_made_once_however_often_its_form_is_sent(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let id = paid(app, &partner, "A-1", "10.00").await;
        let form = browser.get(&format!("/console/payments/{id}/refund")).await;
        let key = key_of(&form);
        let fields = [("payment", id.as_str()), ("key", &key), ("amount", "4.00"), ("sandbox_outcome", "succeeds")];
        let first = browser.post("/ui/make_refund", &fields).await;
        assert!(first.location.starts_with("/console/movements/rfd_"), "{first:?}");
        let again = browser.post("/ui/make_refund", &fields).await;
        assert_eq!(again.location, first.location);
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 1);
        assert_eq!(app.db.number("SELECT count(*) FROM audit_entries WHERE action = 'refund.made'").await, 1);
        browser.get(&first.location).await.assert_shows("The refund was made");
        browser.get(&format!("/console/payments/{id}")).await.assert_shows("Partly refunded");

        let other = [("payment", id.as_str()), ("key", &key), ("amount", "5.00")];
        browser.submit("/ui/make_refund", &other).await.assert_shows("sent before with something else");
        let fresh = key_of(&browser.get(&format!("/console/payments/{id}/refund")).await);
        for (amount, why) in [
            ("6.01", "At most 6.00"),
            ("0.00", "above zero"),
            ("-1.00", "plain digits"),
            ("1.001", "decimals"),
            ("１.00", "plain digits"),
            ("", "plain digits"),
            ("99999999999999999999.00", "at most 100000000000000"),
        ] {
            let fields = [("payment", id.as_str()), ("key", &fresh), ("amount", amount)];
            let page = browser.submit("/ui/make_refund", &fields).await;
            page.assert_shows(why);
            page.assert_shows("aria-invalid=\"true\"");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 1);
        assert_eq!(app.db.number("SELECT count(*) FROM audit_entries WHERE action = 'refund.made'").await, 1);
        app.assert_books_are_whole().await;
    }

    async fn of_many_hands_on_one_form_one_refunds_and_the_log_says_so_once(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let id = paid(app, &partner, "A-1", "10.00").await;
        let key = key_of(&browser.get(&format!("/console/payments/{id}/refund")).await);
        let fields = [("payment", id.as_str()), ("key", &key), ("amount", "10.00")];
        let (a, b, c, d) = tokio::join!(
            browser.post("/ui/make_refund", &fields),
            browser.post("/ui/make_refund", &fields),
            browser.post("/ui/make_refund", &fields),
            browser.post("/ui/make_refund", &fields),
        );
        for answer in [&b, &c, &d] {
            assert_eq!(answer.location, a.location);
        }
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 1);
        assert_eq!(app.db.number("SELECT count(*) FROM audit_entries WHERE action = 'refund.made'").await, 1);
        app.assert_books_are_whole().await;
    }

    async fn balance_is_filled_and_emptied_by_hand(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let id = partner.application_id.to_string();
        let application = format!("/console/applications/{id}");
        for path in ["balances", "ledger", "refunds", "transfers", "top-ups", "withdrawals", "payments"] {
            for world in ["", "?environment=live"] {
                let page = browser.get(&format!("{application}/{path}{world}")).await;
                assert_eq!(page.status, 200, "{path}{world}");
                page.assert_shows("empty-state");
            }
        }
        let key = key_of(&browser.get(&format!("{application}/top-ups")).await);
        let fields = [
            ("application", id.as_str()),
            ("key", &key),
            ("amount", "100.00"),
            ("currency", "USD"),
            ("channel", "bank_transfer"),
            ("sandbox_outcome", "succeeds"),
            ("description", "<b>Float</b>"),
        ];
        let made = browser.submit("/ui/make_top_up", &fields).await;
        made.assert_shows("The top-up was made");
        made.assert_shows("&lt;b&gt;Float&lt;/b&gt;");

        let key = key_of(&browser.get(&format!("{application}/withdrawals")).await);
        let out = |key: &str, amount: &str| {
            [("application", id.clone()), ("key", key.to_owned()), ("amount", amount.to_owned()),
             ("currency", "USD".to_owned()), ("channel", "bank_transfer".to_owned())]
        };
        let too_much = out(&key, "100.01");
        let too_much: Vec<(&str, &str)> = too_much.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let too_much: Vec<_> = too_much.into_iter().map(|(name, value)| match name {
            "channel" => (name, "alipay"),
            _ => (name, value),
        }).collect();
        let refused = browser.submit("/ui/make_withdrawal", &too_much).await;
        refused.assert_shows("The balance is 100.00");
        assert!(refused.between("<option value=\"alipay\"", ">").contains("selected"), "{}", refused.html);
        let all = out(&key, "60.00");
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.submit("/ui/make_withdrawal", &all).await.assert_shows("Paid out");
        browser.get(&format!("{application}/balances")).await.assert_shows("40.00");
        let ledger = browser.get(&format!("{application}/ledger?currency=USD&purpose=available")).await;
        for text in ["100.00", "-60.00", "40.00", "/console/movements/top_"] {
            ledger.assert_shows(text);
        }
        app.assert_books_are_whole().await;
    }

    async fn ledger_shows_what_was_asked_for_though_no_such_account_exists_yet(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let ten = json!({ "amount": "10.00", "currency": "USD" });
        assert_eq!(app.send(app.money_call(&partner, "/v1/top_ups", "t1", &ten)).await.status, 201);
        let ledger = format!("/console/applications/{}/ledger", partner.application_id);
        for (currency, purpose) in [("USD", "reserved"), ("EUR", "reserved"), ("JPY", "available")] {
            let page = browser.get(&format!("{ledger}?currency={currency}&purpose={purpose}")).await;
            page.assert_shows("No entries yet");
            for chosen in [currency, purpose] {
                page.assert_shows(&format!("<option value=\"{chosen}\" selected>"));
            }
        }
        browser.get(&ledger).await.assert_shows("<option value=\"USD\" selected>");
        app.assert_books_are_whole().await;
    }

    async fn links_of_a_page_about_live_stay_in_live(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let application = format!("/console/applications/{}", partner.application_id);
        let page = browser.get(&format!("{application}/ledger?environment=live")).await;
        for path in ["payments", "refunds", "transfers", "top-ups", "withdrawals", "balances"] {
            let link = format!("<a href=\"{application}/{path}?environment=live\" class=\"side-nav-link\">");
            page.assert_shows(&link);
        }
        let here = format!("<a href=\"{application}/ledger?environment=live\" aria-current=\"page\"");
        page.assert_shows(&here);
        page.assert_shows(&format!("<a href=\"{application}/balances?environment=live\" class=\"button"));
        page.assert_shows(&format!("href=\"{application}/clock\""));
    }

    async fn transfer_by_hand_names_what_is_wrong_with_its_account(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let friend = app.partner("Friend").await;
        for owner in [&partner, &friend] {
            let ten = json!({ "amount": "10.00", "currency": "USD" });
            assert_eq!(app.send(app.money_call(owner, "/v1/top_ups", "t1", &ten)).await.status, 201);
        }
        let account = async |owner: &Partner| {
            app.send(app.get("/v1/balances").bearer(&owner.token)).await.text("/data/0/id")
        };
        let (own, other) = (account(&partner).await, account(&friend).await);
        let id = partner.application_id.to_string();
        let form = format!("/console/applications/{id}/transfers");
        for (to, currency, shows) in [
            (own.as_str(), "USD", "from an account to itself"),
            ("acct_01kaemzd2w5n8h9qv7c3r4t6yb", "USD", "no account of this id"),
            ("x", "USD", "no account of this id"),
            (&other, "EUR", "no account of this id"),
            (&other, "usd", "ISO 4217"),
            (&other, "USD", "The transfer was made"),
        ] {
            let key = key_of(&browser.get(&form).await);
            let fields =
                [("application", id.as_str()), ("key", &key), ("to_account", to), ("amount", "3.00"), ("currency", currency)];
            browser.submit("/ui/make_transfer", &fields).await.assert_shows(shows);
        }
        assert_eq!(app.db.number("SELECT count(*) FROM movements WHERE kind = 'transfer'").await, 1);
        app.assert_books_are_whole().await;

        // What was entered is kept, and what is wrong with it stands beside it.
        let key = key_of(&browser.get(&form).await);
        let fields =
            [("application", id.as_str()), ("key", &key), ("to_account", "acct_1"), ("amount", "3.00"), ("currency", "USD")];
        let refused = browser.submit("/ui/make_transfer", &fields).await;
        assert!(refused.between("id=\"transfer-to_account\"", ">").contains("value=\"acct_1\""), "{}", refused.html);
        refused.assert_shows("id=\"transfer-to_account-error\"");

        let key = key_of(&browser.get(&form).await);
        let fields = [("application", id.as_str()), ("key", &key), ("to_account", &other), ("amount", "3.00"),
            ("currency", "USD"), ("description", "for 4242 4242 4242 4242")];
        let refused = browser.submit("/ui/make_transfer", &fields).await;
        refused.assert_shows("looks like the number of a payment card");
        assert!(!refused.html.contains("4242 4242"), "{}", refused.html);
        assert_eq!(app.db.number("SELECT count(*) FROM movements WHERE kind = 'transfer'").await, 1);
    }

    async fn clock_is_moved_once_however_often_its_form_is_sent(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let id = partner.application_id.to_string();
        let form = browser.get(&format!("/console/applications/{id}/clock")).await;
        let seen = form.between("name=\"seen\" value=\"", "\"");
        let ahead = |by| [("application", id.as_str()), ("seen", seen), ("deed", "advance"), ("by", by)];
        for _ in 0..2 {
            browser.submit("/ui/move_sandbox_clock", &ahead("week")).await.assert_shows("The clock was moved");
            app.clock.advance(1_000);
        }
        let page = browser.submit("/ui/move_sandbox_clock", &ahead("day")).await;
        page.assert_shows("Somebody moved the clock meanwhile, so nothing was done.");
        assert_eq!(app.db.number("SELECT ahead_ms FROM sandbox_clocks").await, 7 * 86_400_000);
        assert_eq!(app.db.number("SELECT count(*) FROM audit_entries WHERE action = 'sandbox_clock.moved'").await, 1);
        let unseen = [("application", id.as_str()), ("deed", "advance"), ("by", "day")];
        assert_eq!(browser.post("/ui/move_sandbox_clock", &unseen).await.status, 400);
    }

    async fn viewer_sees_all_of_it_and_moves_nothing(app: TestApp) {
        let (_, partner) = shop(app).await;
        let id = paid(app, &partner, "A-1", "10.00").await;
        let viewer = app.sign_up("vi@example.com", PASSWORD).await;
        let team = app.services.list_teams(&partner.member).await.unwrap()[0].team.id;
        let mut tx = app.services.db().begin_write().await.unwrap();
        teams::add_member(&mut tx, team, viewer.developer_id, TeamRole::Viewer, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
        let browser = Browser::new(app);
        browser.sign_in("vi@example.com").await;
        let application = format!("/console/applications/{}", partner.application_id);
        for path in ["balances", "ledger", "refunds", "transfers", "top-ups", "withdrawals", "payments"] {
            let page = browser.get(&format!("{application}/{path}")).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.html.contains("action=\"/ui/make_"), "{path}");
        }
        let page = browser.get(&format!("/console/payments/{id}")).await;
        assert!(!page.html.contains("/refund\""), "{page:?}");
        assert_eq!(browser.get(&format!("/console/payments/{id}/refund")).await.status, 404);
        let fields = [("payment", id.as_str()), ("key", "k"), ("amount", "1.00")];
        assert_eq!(browser.post("/ui/make_refund", &fields).await.status, 403);
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 0);
    }

    async fn list_is_searched_and_taken_away_as_a_file(app: TestApp) {
        let (browser, partner) = shop(app).await;
        for number in 0..25 {
            paid(app, &partner, &format!("A-{number}"), "10.00").await;
            app.clock.advance(1);
        }
        let declined = json!({ "order_id": "=1+1", "amount": "7.00", "currency": "USD", "method": "card_declined",
            "description": "a \"b\", c" });
        assert_eq!(app.send(app.payment_of(&partner, "d", &declined)).await.status, 201);
        let list = format!("/console/applications/{}/payments", partner.application_id);
        let failed = browser.get(&format!("{list}?status=failed")).await;
        failed.assert_shows("=1+1");
        failed.assert_shows(&format!("href=\"{list}?environment=live&amp;status=failed\""));
        assert!(!failed.html.contains(">A-3<"));
        let first = browser.get(&list).await;
        first.assert_shows(">A-24<");
        assert!(!first.html.contains(">A-1<"));
        let older = first.html.split_once(">Older").unwrap().0.rsplit("href=\"").next().unwrap();
        let older = older.split('"').next().unwrap();
        browser.get(&older.replace("&amp;", "&")).await.assert_shows(">A-1<");
        browser.get(&format!("{list}?order_id=A-7")).await.assert_shows(">A-7<");
        browser.get(&format!("{list}?order_id=nothing")).await.assert_shows("No payment fits");
        browser.get(&format!("{list}?until=2026-09-20")).await.assert_shows("No payment fits");
        browser.get(&format!("{list}?from=2026-09-21&until=2026-09-21")).await.assert_shows(">A-24<");

        let file = browser.get(&format!("{list}.csv")).await;
        assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert!(file.html.starts_with("\u{feff}\"id\","), "{file:?}");
        assert_eq!(file.html.lines().count(), 27);
        file.assert_shows("\"'=1+1\"");
        file.assert_shows("\"a \"\"b\"\", c\"");
        assert_eq!(browser.get(&format!("{list}.csv?status=failed")).await.html.lines().count(), 2);
        let stranger = Browser::of_member(app, "eve@example.com").await;
        assert_eq!(stranger.get(&format!("{list}.csv")).await.status, 404);
    }

    async fn unknown_payment_says_when_it_is_asked_about_again(app: TestApp) {
        let (browser, partner) = shop(app).await;
        let body = json!({ "order_id": "A-1", "amount": "10.00", "currency": "USD", "method": "card_timeout_then_ok" });
        let id = app.send(app.payment_of(&partner, "u", &body)).await.text("/id");
        let page = browser.get(&format!("/console/payments/{id}")).await;
        page.assert_shows("Asked again");
        page.assert_shows("asked again 0 times so far");
        app.clock.advance(5_000);
        app.services.do_due_work().await.unwrap();
        until(async || browser.get(&format!("/console/payments/{id}")).await.html.contains("payment.captured")).await;
    }
}
