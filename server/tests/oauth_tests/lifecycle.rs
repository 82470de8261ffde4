//! What becomes of tokens: introspection and revocation, by their owner and by nobody else.

use crate::client::{Shop, assert_refused};
use crate::support::{on_both_databases, until};

on_both_databases! {
    async fn the_owner_sees_what_a_token_is(app: TestApp) {
        let shop = Shop::open(app).await;
        let answer = shop.tokens().await;
        let access = shop.introspect(&answer.text("/access_token")).await;
        assert_eq!((&access["active"], &access["token_type"]), (&true.into(), &"Bearer".into()));
        assert_eq!(access["sub"], shop.buyer.id.to_string());
        let refresh = shop.introspect(&answer.text("/refresh_token")).await;
        assert_eq!((&refresh["active"], &refresh["sub"]), (&true.into(), &access["sub"]));
        assert_eq!(shop.introspect("nonsense").await, serde_json::json!({ "active": false }));
    }

    async fn nobody_else_sees_more_than_that_it_is_not_theirs(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        let answer = shop.tokens().await;
        for token in [answer.text("/access_token"), answer.text("/refresh_token"), shop.partner.token.clone()] {
            assert_eq!(other.introspect(&token).await, serde_json::json!({ "active": false }));
            assert_eq!(other.send("/oauth/revoke", &[("token", &token)]).await.status, 200);
            assert_eq!(shop.introspect(&token).await["active"], true);
        }
        let nobody = app.post("/oauth/introspect").form("token=x");
        assert_refused(&app.send(nobody).await, "invalid_client");
    }

    async fn a_revoked_access_token_is_refused_on_every_process(app: TestApp) {
        let shop = Shop::open(app).await;
        let twin = app.twin().await;
        let answer = shop.tokens().await;
        let access = answer.text("/access_token");
        assert_eq!(twin.send(twin.get("/v1/userinfo").bearer(&access)).await.status, 200);
        assert_eq!(shop.send("/oauth/revoke", &[("token", &access)]).await.status, 200);
        shop.userinfo(&access).await.assert_problem(401, "token_invalid");
        assert_eq!(shop.introspect(&access).await["active"], false);
        let began = std::time::Instant::now();
        until(async || twin.send(twin.get("/v1/userinfo").bearer(&access)).await.status == 401).await;
        assert!(began.elapsed().as_millis() < 1_100, "{:?}", began.elapsed());
        assert_eq!(shop.refresh(&answer.text("/refresh_token")).await.status, 200);
    }

    async fn a_revoked_refresh_token_takes_everything_along(app: TestApp) {
        let shop = Shop::open(app).await;
        let answer = shop.tokens().await;
        let (access, refresh) = (answer.text("/access_token"), answer.text("/refresh_token"));
        assert_eq!(shop.send("/oauth/revoke", &[("token", &refresh)]).await.status, 200);
        shop.userinfo(&access).await.assert_problem(401, "token_invalid");
        assert_refused(&shop.refresh(&refresh).await, "invalid_grant");
        assert_eq!(shop.send("/oauth/revoke", &[("token", &refresh)]).await.status, 200);
    }

    async fn an_application_token_is_not_about_a_holder(app: TestApp) {
        let shop = Shop::open(app).await;
        shop.userinfo(&shop.partner.token).await.assert_problem(403, "scope_missing");
    }
}
