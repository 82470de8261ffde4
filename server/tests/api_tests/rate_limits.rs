//! How often an application may call, and how it learns where it stands.

use tallyport_domain::settings::Setting;
use tallyport_service::admin::Authority;

use crate::support::{TestApp, on_both_databases};

/// Lets every application make so many calls per second.
async fn allow(app: &TestApp, reads: u32, writes: u32) {
    let changes = [(Setting::ReadsPerSecond, reads.to_string()), (Setting::WritesPerSecond, writes.to_string())];
    app.services.change_settings(&Authority::Command("test"), &changes).await.unwrap();
}

on_both_databases! {
    async fn one_call_too_many_waits_as_long_as_it_is_told(app: TestApp) {
        let partner = app.partner("Shop").await;
        allow(app, 1, 1).await;
        let read = || app.get("/v1/payments/pay_1").bearer(&partner.token);
        for left in (0..10).rev() {
            let answer = app.send(read()).await;
            assert_eq!(answer.status, 404, "{answer:?}");
            assert_eq!(answer.header("ratelimit-policy"), "\"read\";q=10;w=10");
            assert_eq!(answer.header("ratelimit"), format!("\"read\";r={left};t={}", 10 - left));
        }
        let refused = app.send(read()).await;
        refused.assert_problem(429, "rate_limited");
        assert_eq!(refused.header("retry-after"), "1");
        assert_eq!(refused.header("ratelimit"), "\"read\";r=0;t=10");

        // Writing is counted apart, and so is everybody else.
        let paid = app.send(app.payment(&partner, "A-1", "1.00")).await;
        assert_eq!((paid.status, paid.header("ratelimit-policy")), (201, "\"write\";q=10;w=10"));
        let other = app.partner("Other").await;
        assert_eq!(app.send(app.get("/v1/payments/pay_1").bearer(&other.token)).await.status, 404);

        app.clock.advance(1_000);
        assert_eq!(app.send(read()).await.status, 404);
    }

    async fn a_refused_payment_left_nothing_behind(app: TestApp) {
        let partner = app.partner("Shop").await;
        allow(app, 1, 1).await;
        for order in 0..10 {
            assert_eq!(app.send(app.payment(&partner, &format!("A-{order}"), "1.00")).await.status, 201);
        }
        let late = app.payment(&partner, "late", "1.00");
        app.send(late.clone()).await.assert_problem(429, "rate_limited");
        app.clock.advance(2_000);
        // The same signed request again: neither its nonce nor its key was used up.
        assert_eq!(app.send(late).await.status, 201);
    }

    async fn strangers_are_told_nothing_of_limits(app: TestApp) {
        let answer = app.send(app.get("/v1/payments/pay_1").bearer("nonsense")).await;
        answer.assert_problem(401, "token_invalid");
        assert_eq!(answer.header("ratelimit"), "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_share_an_allowance() {
    let app = TestApp::postgres().await;
    let partner = app.partner("Shop").await;
    allow(&app, 4, 4).await;
    let twin = app.twin().await;
    assert_eq!(app.services.count_processes().await.unwrap(), 2);
    for process in [&app, &twin] {
        let answer = process.send(process.get("/v1/payments/pay_1").bearer(&partner.token)).await;
        assert_eq!(answer.header("ratelimit-policy"), "\"read\";q=20;w=10");
    }
    twin.services.drain().await;
    assert_eq!(app.services.count_processes().await.unwrap(), 1);
    let answer = app.send(app.get("/v1/payments/pay_1").bearer(&partner.token)).await;
    assert_eq!(answer.header("ratelimit-policy"), "\"read\";q=40;w=10");
}
