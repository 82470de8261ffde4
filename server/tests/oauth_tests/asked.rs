//! What a holder is asked, and whose decision counts.

use tallyport_domain::{Environment, Language};
use tallyport_service::audit::Actor;
use tallyport_service::authorization::{Consent, DecisionRefusal};
use tallyport_service::holders::{HolderSignIn, NewHolder};
use zeroize::Zeroizing;

use crate::client::{Shop, assert_refused, good_request};
use crate::support::on_both_databases;

on_both_databases! {
    async fn the_first_decision_counts(app: TestApp) {
        let shop = Shop::open(app).await;
        let handle = shop.handle().await;
        let decide = || app.services.decide_request(&handle, &shop.buyer, Consent::Given);
        let (one, two) = tokio::join!(decide(), decide());
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1);
        assert!(matches!(decide().await, Err(DecisionRefusal::Gone)));
        assert!(app.services.find_question(&handle).await.unwrap().is_none());
    }

    async fn a_request_waits_for_fifteen_minutes(app: TestApp) {
        let shop = Shop::open(app).await;
        let handle = shop.handle().await;
        app.clock.advance(15 * 60 * 1000 - 1);
        assert!(app.services.find_question(&handle).await.unwrap().is_some());
        app.clock.advance(1);
        assert!(app.services.find_question(&handle).await.unwrap().is_none());
        let late = app.services.decide_request(&handle, &shop.buyer, Consent::Given).await;
        assert!(matches!(late, Err(DecisionRefusal::Gone)));
    }

    async fn a_test_holder_decides_about_their_own_application_only(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        let handle = shop.handle().await;
        let foreign = app.services.decide_request(&handle, &other.buyer, Consent::Given).await;
        assert!(matches!(foreign, Err(DecisionRefusal::OtherHolder)));
        shop.approve(&handle).await;
    }

    async fn a_live_holder_has_no_say_in_the_sandbox(app: TestApp) {
        let shop = Shop::open(app).await;
        let password = || Zeroizing::new("correct horse battery".to_owned());
        let new = NewHolder {
            environment: Environment::Live,
            name: "Wang",
            email: "wang@example.com",
            phone: None,
            password: password(),
            language: Language::Zh,
        };
        app.services.create_holder(&Actor::command("test"), new).await.unwrap();
        let signed_in = app.services.sign_in_holder(None, "WANG@example.com", password()).await.unwrap();
        let HolderSignIn::SignedIn { holder, .. } = signed_in else { panic!("{signed_in:?}") };
        let refused = app.services.decide_request(&shop.handle().await, &holder, Consent::Given).await;
        assert!(matches!(refused, Err(DecisionRefusal::OtherHolder)));
    }

    async fn prompt_login_wants_a_new_sign_in(app: TestApp) {
        let shop = Shop::open(app).await;
        app.clock.advance(1_000);
        let mut request = good_request(&shop.partner.api_key);
        request.push(("prompt".to_owned(), "login".to_owned()));
        let answer = shop.authorize(&request).await;
        let handle = answer.header("location").strip_prefix("/consent?request=").unwrap();
        let stale = app.services.decide_request(handle, &shop.buyer, Consent::Given).await;
        assert!(matches!(stale, Err(DecisionRefusal::SignInAgain)));
        let fresh = crate::client::buyer_of(app, &shop.partner).await;
        assert!(app.services.decide_request(handle, &fresh, Consent::Given).await.is_ok());
    }

    async fn a_withdrawn_consent_ends_everything_on_every_process(app: TestApp) {
        let shop = Shop::open(app).await;
        let twin = app.twin().await;
        let answer = shop.tokens().await;
        let (access, refresh) = (answer.text("/access_token"), answer.text("/refresh_token"));
        assert_eq!(twin.send(twin.get("/v1/userinfo").bearer(&access)).await.status, 200);
        let grants = app.services.list_grants(&shop.buyer, None, 10).await.unwrap();
        assert_eq!((grants.len(), &*grants[0].application_name), (1, "Shop"));
        let other = Shop::open(app).await;
        assert!(!app.services.withdraw_grant(&other.buyer, grants[0].grant.id).await.unwrap());
        assert!(app.services.withdraw_grant(&shop.buyer, grants[0].grant.id).await.unwrap());
        shop.userinfo(&access).await.assert_problem(401, "token_invalid");
        let refused_there = async || twin.send(twin.get("/v1/userinfo").bearer(&access)).await.status == 401;
        let began = std::time::Instant::now();
        crate::support::until(refused_there).await;
        assert!(began.elapsed().as_millis() < 1_100, "{:?}", began.elapsed());
        assert_refused(&shop.refresh(&refresh).await, "invalid_grant");
        assert!(app.services.list_grants(&shop.buyer, None, 10).await.unwrap().is_empty());
    }
}
