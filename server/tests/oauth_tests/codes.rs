//! `authorization_code` with PKCE: a code gives its tokens once, to its client.

use tallyport_domain::ids::GrantId;

use crate::client::{REDIRECT_URI, Shop, VERIFIER, assert_refused, challenge, code_form, parameter, part};
use crate::support::on_both_databases;

on_both_databases! {
    async fn a_consent_gives_tokens_about_the_holder(app: TestApp) {
        let shop = Shop::open(app).await;
        let url = shop.approve(&shop.handle().await).await;
        assert!(url.starts_with(&format!("{REDIRECT_URI}?code=")), "{url}");
        assert_eq!(parameter(&url, "state"), "a state & more");
        assert_eq!(parameter(&url, "iss"), app.url(""));

        let answer = shop.redeem(&parameter(&url, "code")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{answer:?}");
        assert_eq!(answer.text("/scope"), "openid profile offline_access payments:read");
        let token = answer.text("/access_token");
        let claims = part(&token, 1);
        assert_eq!(part(&token, 0)["typ"], "at+jwt");
        assert_eq!(claims["sub"], shop.buyer.id.to_string());
        assert_eq!(claims["client_id"], shop.partner.api_key);
        assert_eq!(claims["application_id"], shop.partner.application_id.to_string());
        assert_eq!((&claims["iss"], &claims["aud"]), (&app.url("").into(), &app.url("").into()));
        assert!(claims["grant_id"].as_str().unwrap().parse::<GrantId>().is_ok());

        let id_token = part(&answer.text("/id_token"), 1);
        assert_eq!(part(&answer.text("/id_token"), 0)["typ"], "JWT");
        assert_eq!((&id_token["aud"], &id_token["nonce"]), (&shop.partner.api_key.clone().into(), &"n-1".into()));
        assert_eq!((&id_token["sub"], &id_token["name"]), (&claims["sub"], &"Test Buyer".into()));
        assert!(id_token.get("email").is_none() && id_token["at_hash"].is_string());

        let about = shop.userinfo(&token).await.json();
        assert_eq!(about, serde_json::json!({ "sub": claims["sub"], "name": "Test Buyer" }));
    }

    async fn an_id_token_is_no_access_token(app: TestApp) {
        let shop = Shop::open(app).await;
        let id_token = shop.tokens().await.text("/id_token");
        shop.userinfo(&id_token).await.assert_problem(401, "token_invalid");
    }

    async fn a_replayed_code_ends_what_it_gave(app: TestApp) {
        let shop = Shop::open(app).await;
        let code = shop.code().await;
        let first = shop.redeem(&code).await;
        let (access, refresh) = (first.text("/access_token"), first.text("/refresh_token"));
        assert_eq!(shop.userinfo(&access).await.status, 200);
        assert_refused(&shop.redeem(&code).await, "invalid_grant");
        shop.userinfo(&access).await.assert_problem(401, "token_invalid");
        assert_refused(&shop.refresh(&refresh).await, "invalid_grant");
    }

    async fn a_code_replayed_after_its_time_ends_what_it_gave(app: TestApp) {
        let shop = Shop::open(app).await;
        let code = shop.code().await;
        let access = shop.redeem(&code).await.text("/access_token");
        app.clock.advance(61_000);
        assert_refused(&shop.redeem(&code).await, "invalid_grant");
        shop.userinfo(&access).await.assert_problem(401, "token_invalid");
    }

    async fn another_client_with_the_code_leaves_its_owner_alone(app: TestApp) {
        let (shop, thief) = (Shop::open(app).await, Shop::open(app).await);
        let unused = shop.code().await;
        assert_refused(&thief.redeem(&unused).await, "invalid_grant");
        assert_eq!(shop.redeem(&unused).await.status, 200);
        let used = shop.code().await;
        let access = shop.redeem(&used).await.text("/access_token");
        assert_refused(&thief.redeem(&used).await, "invalid_grant");
        assert_eq!(shop.userinfo(&access).await.status, 200);
    }

    async fn of_fifty_who_come_at_once_one_gets_tokens(app: TestApp) {
        let shop = Shop::open(app).await;
        let (code, twin) = (shop.code().await, app.twin().await);
        let mut all = tokio::task::JoinSet::new();
        let processes = [std::sync::Arc::new(twin)];
        for number in 0..50 {
            let request = shop.post("/oauth/token", &code_form(&code));
            let twin = std::sync::Arc::clone(&processes[0]);
            let url = app.url("");
            let browser = app.browser();
            all.spawn(async move {
                if number % 2 == 0 {
                    twin.send(request).await.status
                } else {
                    browser.execute(request.into_reqwest(&url)).await.unwrap().status().as_u16()
                }
            });
        }
        let statuses = all.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 49, "{statuses:?}");
    }

    async fn a_code_lasts_for_a_minute(app: TestApp) {
        let shop = Shop::open(app).await;
        let (code, late) = (shop.code().await, shop.code().await);
        app.clock.advance(59_999);
        assert_eq!(shop.redeem(&code).await.status, 200);
        app.clock.advance(1);
        assert_refused(&shop.redeem(&late).await, "invalid_grant");
    }

    async fn verifier_has_to_fit(app: TestApp) {
        let shop = Shop::open(app).await;
        let code = shop.code().await;
        let send = async |verifier: &str| {
            let form = code_form(&code).map(|(name, value)| (name, if name == "code_verifier" { verifier } else { value }));
            shop.send("/oauth/token", &form).await
        };
        assert_refused(&send(&VERIFIER.replace('0', "1")).await, "invalid_grant");
        // The challenge went through the browser; whoever saw it there has not the verifier.
        assert_refused(&send(&challenge(VERIFIER)).await, "invalid_grant");
        for wrong in ["", "short", &"a".repeat(42), &"a".repeat(129), &"+".repeat(43)] {
            assert_refused(&send(wrong).await, "invalid_request");
        }
        let without: Vec<_> = code_form(&code).into_iter().filter(|(name, _)| *name != "code_verifier").collect();
        assert_refused(&shop.send("/oauth/token", &without).await, "invalid_request");
        assert_eq!(shop.redeem(&code).await.status, 200);
    }

    async fn redirect_uri_of_the_code_has_to_be_the_same_text(app: TestApp) {
        let shop = Shop::open(app).await;
        let code = shop.code().await;
        let other = format!("{REDIRECT_URI}/");
        let mut form = code_form(&code);
        form[2].1 = &other;
        assert_refused(&shop.send("/oauth/token", &form).await, "invalid_grant");
        // It may be left out (OAuth 2.1, 10.2): the verifier says who asked.
        let without: Vec<_> = code_form(&code).into_iter().filter(|(name, _)| *name != "redirect_uri").collect();
        assert_eq!(shop.send("/oauth/token", &without).await.status, 200);
    }

    async fn a_public_client_needs_no_secret_and_gets_nothing_for_itself(app: TestApp) {
        let shop = Shop::public(app).await;
        let code = shop.code().await;
        let mut form = code_form(&code).to_vec();
        form.push(("client_id", &shop.partner.api_key));
        let request = app.post("/oauth/token").form(&crate::client::encoded(&form));
        assert_eq!(app.send(request).await.status, 200);
        let own = [("grant_type", "client_credentials"), ("client_id", &*shop.partner.api_key)];
        let request = app.post("/oauth/token").form(&crate::client::encoded(&own));
        assert_refused(&app.send(request).await, "unauthorized_client");
    }

    async fn a_confidential_client_has_to_show_more_than_its_name(app: TestApp) {
        let shop = Shop::open(app).await;
        let code = shop.code().await;
        let mut form = code_form(&code).to_vec();
        form.push(("client_id", &shop.partner.api_key));
        let request = app.post("/oauth/token").form(&crate::client::encoded(&form));
        assert_refused(&app.send(request).await, "invalid_client");
    }
}
