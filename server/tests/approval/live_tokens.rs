//! Live tokens follow the approval, on every process.

use std::time::{Duration, Instant};

use tallyport_domain::Role;
use tallyport_domain::ids::AppId;
use tallyport_service::admin::Administrator;
use tallyport_service::audit::Actor;

use crate::people::person;
use crate::support::{Answer, TestApp, on_both_databases};

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
