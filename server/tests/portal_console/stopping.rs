//! What is ended stops on every process within a second, tokens included.

use std::time::{Duration, Instant};

use tallyport_domain::credential::Overlap;

use crate::support::{Partner, TestApp, on_both_databases};

/// What every process may take to notice.
const A_SECOND: Duration = Duration::from_secs(1);

/// Waits until the other process refuses the partner's token, and checks that it was quick.
async fn assert_stops(other: &TestApp, partner: &Partner) {
    let ended = Instant::now();
    let call = || other.get("/v1/payments/pay_00000000000000000000000000").bearer(&partner.token);
    loop {
        let answer = other.send(call()).await;
        if answer.status == 401 {
            answer.assert_problem(401, "token_invalid");
            break;
        }
        assert_eq!(answer.status, 404, "{answer:?}");
        assert!(ended.elapsed() < A_SECOND, "still accepted after {:?}", ended.elapsed());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let form = "grant_type=client_credentials";
    let again = other.post("/oauth/token").basic(&partner.api_key, &partner.api_secret).form(form);
    assert_eq!(other.send(again).await.status, 401);
}

/// Makes the other process remember that the partner's key works.
async fn remember(other: &TestApp, partner: &Partner) {
    let call = other.get("/v1/payments/pay_00000000000000000000000000").bearer(&partner.token);
    assert_eq!(other.send(call).await.status, 404);
}

on_both_databases! {
    async fn a_revoked_key_stops_on_every_process_with_its_tokens(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        remember(&twin, &partner).await;
        let api_key = partner.api_key.parse().unwrap();
        app.services.revoke_credential(&partner.member, partner.application_id, api_key).await.unwrap();
        let here = app.get("/v1/payments/pay_00000000000000000000000000").bearer(&partner.token);
        assert_eq!(app.send(here).await.status, 401, "the process that revoked knows at once");
        assert_stops(&twin, &partner).await;
    }

    async fn a_key_that_was_rotated_to_end_now_stops_on_every_process(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        remember(&twin, &partner).await;
        let api_key = partner.api_key.parse().unwrap();
        let id = partner.application_id;
        app.services.rotate_credential(&partner.member, id, api_key, Overlap::Now).await.unwrap();
        assert_stops(&twin, &partner).await;
    }

    async fn a_closed_application_stops_on_every_process(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        remember(&twin, &partner).await;
        app.services.close_application(&partner.member, partner.application_id, "Shop").await.unwrap();
        assert_stops(&twin, &partner).await;
    }

    async fn a_call_from_a_network_that_is_not_allowed_is_refused_by_name(app: TestApp) {
        let partner = app.partner("Shop").await;
        let id = partner.application_id;
        let client = app.browser();
        let call = || {
            let path = "/v1/payments/pay_00000000000000000000000000";
            client.get(app.url(path)).bearer_auth(&partner.token).header("x-forwarded-for", "192.0.2.7")
        };
        assert_eq!(call().send().await.unwrap().status(), 404);
        app.services.set_application_networks(&partner.member, id, "192.0.2.0/24").await.unwrap();
        let answer = call().send().await.unwrap();
        assert_eq!(answer.status(), 403);
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "network_not_allowed");
        assert_eq!(problem["detail"], "The call came from 127.0.0.1.");
        let token = || {
            let form = [("grant_type", "client_credentials")];
            client.post(app.url("/oauth/token")).basic_auth(&partner.api_key, Some(&partner.api_secret)).form(&form)
        };
        let refused = token().send().await.unwrap();
        assert_eq!(refused.status(), 400);
        let refusal: serde_json::Value = refused.json().await.unwrap();
        assert_eq!(refusal["error"], "unauthorized_client");
        // Somebody with a wrong secret learns nothing of networks.
        let form = [("grant_type", "client_credentials")];
        let wrong = client.post(app.url("/oauth/token")).basic_auth(&partner.api_key, Some("wrong")).form(&form);
        assert_eq!(wrong.send().await.unwrap().status(), 401);
        app.services.set_application_networks(&partner.member, id, "127.0.0.0/8\n192.0.2.0/24").await.unwrap();
        assert_eq!(call().send().await.unwrap().status(), 404);
        assert_eq!(token().send().await.unwrap().status(), 200);
    }
}
