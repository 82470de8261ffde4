//! How often an application may call, and how it learns where it stands.

use serde_json::json;
use tallyport_domain::plan::PlanText;
use tallyport_domain::settings::Setting;
use tallyport_service::admin::Authority;

use crate::support::{TestApp, on_both_databases, until};

/// Who changes limits.
const BY: Authority = Authority::Command("test");

/// A plan of reads per second and at once, writes per second and at once.
fn plan<'a>(
    name: &'a str,
    [reads_per_second, reads_burst, writes_per_second, writes_burst]: [&'a str; 4],
) -> PlanText<'a> {
    PlanText { name, reads_per_second, reads_burst, writes_per_second, writes_burst }
}

/// Lets every application make so many calls per second.
async fn allow(app: &TestApp, reads: u32, writes: u32) {
    let changes = [(Setting::ReadsPerSecond, reads.to_string()), (Setting::WritesPerSecond, writes.to_string())];
    app.services.change_settings(&BY, &changes).await.unwrap();
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

    async fn a_plan_says_how_often_its_applications_call(app: TestApp) {
        let (partner, other) = (app.partner("Shop").await, app.partner("Other").await);
        let plan = app.services.make_plan(&BY, plan("Small", ["2", "3", "1", "1"])).await.unwrap();
        app.services.give_plan(&BY, partner.application_id, Some(plan)).await.unwrap();
        let read = || app.get("/v1/payments/pay_1").bearer(&partner.token);
        for left in (0..3).rev() {
            let answer = app.send(read()).await;
            assert_eq!((answer.status, answer.header("ratelimit-policy")), (404, "\"read\";q=3;w=2"));
            assert!(answer.header("ratelimit").starts_with(&format!("\"read\";r={left};")), "{answer:?}");
        }
        let refused = app.send(read()).await;
        refused.assert_problem(429, "rate_limited");
        assert_eq!(refused.header("retry-after"), "1");
        let paid = app.send(app.payment(&partner, "A-1", "1.00")).await;
        assert_eq!((paid.status, paid.header("ratelimit-policy")), (201, "\"write\";q=1;w=1"));
        app.send(app.payment(&partner, "A-2", "1.00")).await.assert_problem(429, "rate_limited");
        let others = app.send(app.get("/v1/payments/pay_1").bearer(&other.token)).await;
        assert_eq!(others.header("ratelimit-policy"), "\"read\";q=1000;w=10");

        // As many as the rate says come back, and never more than fit at once.
        app.clock.advance(1_000);
        assert_eq!(app.send(read()).await.status, 404);
        assert_eq!(app.send(read()).await.status, 404);
        app.send(read()).await.assert_problem(429, "rate_limited");
        app.clock.advance(60_000);
        let told = app.send(app.get("/v1/application").bearer(&partner.token)).await.json();
        let limits = ["plan", "reads_per_second", "reads_burst", "writes_per_second", "writes_burst"];
        assert_eq!(limits.map(|name| told[name].clone()), [json!("Small"), 2.into(), 3.into(), 1.into(), 1.into()]);
        for _ in 0..2 {
            assert_eq!(app.send(read()).await.status, 404);
        }
        app.send(read()).await.assert_problem(429, "rate_limited");

        app.services.give_plan(&BY, partner.application_id, None).await.unwrap();
        let told = app.send(app.get("/v1/application").bearer(&partner.token)).await.json();
        assert_eq!(limits.map(|name| told[name].clone()), [json!(null), 100.into(), 1000.into(), 50.into(), 500.into()]);
    }

    async fn every_process_goes_by_a_changed_plan(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        let told = async |reads: u32| {
            let application = twin.send(twin.get("/v1/application").bearer(&partner.token)).await.json();
            application["reads_per_second"] == reads
        };
        assert!(told(100).await);
        let id = app.services.make_plan(&BY, plan("Small", ["700", "42000", "1", "1"])).await.unwrap();
        app.services.give_plan(&BY, partner.application_id, Some(id)).await.unwrap();
        until(async || told(700).await).await;
        app.services.change_plan(&BY, id, plan("Small", ["800", "48000", "1", "1"])).await.unwrap();
        until(async || told(800).await).await;
        app.services.give_plan(&BY, partner.application_id, None).await.unwrap();
        until(async || told(100).await).await;
    }

    async fn strangers_are_told_nothing_of_limits(app: TestApp) {
        let answer = app.send(app.get("/v1/payments/pay_1").bearer("nonsense")).await;
        answer.assert_problem(401, "token_invalid");
        assert_eq!(answer.header("ratelimit"), "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_share_a_plan_fairly() {
    let app = TestApp::postgres().await;
    let partner = app.partner("Shop").await;
    let id = app.services.make_plan(&BY, plan("Small", ["10", "20", "1", "1"])).await.unwrap();
    app.services.give_plan(&BY, partner.application_id, Some(id)).await.unwrap();
    let twin = app.twin().await;
    assert_eq!(app.services.count_processes().await.unwrap(), 2);
    for process in [&app, &twin] {
        let mut granted = 0;
        while process.send(process.get("/v1/payments/pay_1").bearer(&partner.token)).await.status == 404 {
            granted += 1;
        }
        assert_eq!(granted, 10, "half of what may come at once");
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
