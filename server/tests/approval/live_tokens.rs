//! Live tokens follow the approval, on every process.

use std::time::{Duration, Instant};

use tallyport_domain::Role;
use tallyport_domain::ids::AppId;
use tallyport_service::Member;
use tallyport_service::admin::Administrator;
use tallyport_service::audit::Actor;

use crate::people::person;
use crate::support::{Answer, Signer, TestApp, on_both_databases};

/// An application whose credentials are for live although nobody approved it, as no use case makes it.
async fn live_credentials(app: &TestApp, name: &str) -> (AppId, String, String) {
    let owner = app.developer(name).await;
    let made = app.services.make_application(&owner, name).await.unwrap();
    app.db.execute("UPDATE credentials SET environment = 'live'").await;
    (made.application.id, made.api_key.to_string(), made.api_secret.reveal().to_owned())
}

async fn token(app: &TestApp, key: &str, secret: &str, scope: &str) -> Answer {
    let request = app.post("/oauth/token").basic(key, secret);
    app.send(request.form(&format!("grant_type=client_credentials{scope}"))).await
}

/// A call that is let in finds no such payment.
async fn call(app: &TestApp, token: &str) -> u16 {
    app.send(app.get("/v1/payments/pay_00000000000000000000000000").bearer(token)).await.status
}

on_both_databases! {
    async fn a_live_token_is_had_after_approval_only_and_dies_with_it_everywhere(app: TestApp) {
        let (id, key, secret) = live_credentials(app, "Shop").await;
        let twin = app.twin().await;
        let refused = token(app, &key, &secret, "").await;
        assert_eq!((refused.status, refused.text("/error")), (400, "unauthorized_client".to_owned()));

        app.services.approve_as_operator(&Actor::command("test"), id, &"payments".parse().unwrap()).await.unwrap();
        let issued = token(app, &key, &secret, "").await;
        assert_eq!((issued.status, issued.text("/scope")), (200, "payments:write payments:read".to_owned()));
        let bearer = issued.text("/access_token");
        assert_eq!((call(app, &bearer).await, call(&twin, &bearer).await), (404, 404));

        let (grace, _) = person(app, "Grace", Role::Administrator).await;
        let grace = Administrator::of(grace).unwrap();
        app.services.suspend_application(&grace, id, "Complaints.").await.unwrap();
        let stopped = Instant::now();
        assert_eq!(call(app, &bearer).await, 401);
        while call(&twin, &bearer).await != 401 {
            assert!(stopped.elapsed() < Duration::from_millis(1_000), "{:?}", stopped.elapsed());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(token(&twin, &key, &secret, "").await.text("/error"), "unauthorized_client");
        app.services.reinstate_application(&grace, id, "Cleared up.").await.unwrap();
        assert_eq!(call(app, &bearer).await, 404);
    }

    async fn sandbox_and_live_do_not_know_each_other(app: TestApp) {
        let partner = app.partner("Shop").await;
        let id = partner.application_id;
        app.services.approve_as_operator(&Actor::command("test"), id, &"payments".parse().unwrap()).await.unwrap();
        let owner = Member { command: Some("seed"), ..partner.member.clone() };
        let live = app.services.seed_live_credential(&owner, id).await.unwrap();
        let (key, secret) = (live.api_key.to_string(), live.api_secret.reveal().to_owned());
        let live_token = token(app, &key, &secret, "").await.text("/access_token");

        let path = app.send(app.payment(&partner, "A-1", "1.00")).await.header("location").to_owned();
        assert_eq!(app.send(app.get(&path).bearer(&partner.token)).await.status, 200);
        app.send(app.get(&path).bearer(&live_token)).await.assert_problem(404, "not_found");
        let listed = app.send(app.get("/v1/payments").bearer(&live_token)).await.json();
        assert_eq!(listed["data"], serde_json::json!([]));

        // A token of the one with a signature of the other, either way.
        let payment = |order: &str, token: &str| app.payment(&partner, order, "1.00").without("authorization").bearer(token);
        let signer = |key: &str, secret: &str| Signer {
            key_id: key.to_owned(),
            secret: secret.to_owned(),
            ..partner.signer(&*app.clock)
        };
        let of_sandbox = signer(&partner.api_key, &partner.api_secret);
        let crossed = payment("A-2", &live_token).signed(&of_sandbox);
        app.send(crossed).await.assert_problem(401, "signature_invalid");
        let crossed = payment("A-3", &partner.token).signed(&signer(&key, &secret));
        app.send(crossed).await.assert_problem(401, "signature_invalid");
        // The secret of the one says nothing under the key of the other.
        assert_eq!(token(app, &key, &partner.api_secret, "").await.status, 401);
        assert_eq!(token(app, &partner.api_key, &secret, "").await.status, 401);
        // What exists in the sandbox only.
        for (method, path) in [("POST", "/v1/echo"), ("GET", "/v1/sandbox/clock")] {
            let call = app.get(path).method(method).json_text("{}").bearer(&live_token);
            app.send(call).await.assert_problem(404, "not_found");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 1);
    }

    async fn scopes_are_capped_by_what_is_in_force(app: TestApp) {
        let (id, key, secret) = live_credentials(app, "Shop").await;
        let approve = async |permissions: &str| {
            let permissions = permissions.parse().unwrap();
            app.services.approve_as_operator(&Actor::command("test"), id, &permissions).await.unwrap();
        };
        approve("webhooks transfers").await;
        let refused = token(app, &key, &secret, "&scope=payments:read").await;
        assert_eq!((refused.status, refused.text("/error")), (400, "invalid_scope".to_owned()));
        approve("payments").await;
        let bearer = token(app, &key, &secret, "&scope=payments:read").await.text("/access_token");
        assert_eq!(call(app, &bearer).await, 404);
        // The token was issued for more than is left.
        let (grace, _) = person(app, "Grace", Role::Administrator).await;
        let grace = Administrator::of(grace).unwrap();
        let payments = tallyport_domain::approval::Permission::Payments;
        app.services.suspend_permission(&grace, id, payments).await.unwrap();
        assert_eq!(call(app, &bearer).await, 403);
    }
}
