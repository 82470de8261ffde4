//! Device authorization: a device waits while its user decides elsewhere.

use tallyport_service::authorization::{Consent, DecisionRefusal};

use crate::client::{Shop, assert_refused};
use crate::support::{Answer, on_both_databases};

async fn begin(shop: &Shop<'_>) -> Answer {
    let answer = shop.send("/oauth/device_authorization", &[("scope", "openid offline_access")]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer
}

async fn ask(shop: &Shop<'_>, device_code: &str) -> Answer {
    let grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    shop.send("/oauth/token", &[("grant_type", grant_type), ("device_code", device_code)]).await
}

on_both_databases! {
    async fn a_device_gets_its_tokens_once_its_user_said_yes(app: TestApp) {
        let shop = Shop::open(app).await;
        let begun = begin(&shop).await;
        let (device_code, user_code) = (begun.text("/device_code"), begun.text("/user_code"));
        assert_eq!(begun.text("/verification_uri"), app.url("/device"));
        assert!(begun.text("/verification_uri_complete").ends_with(&user_code));
        assert_refused(&ask(&shop, &device_code).await, "authorization_pending");
        assert_refused(&ask(&shop, &device_code).await, "slow_down");
        let typed = user_code.to_lowercase().replace('-', " ");
        let question = app.services.find_device(&typed).await.unwrap().unwrap();
        assert_eq!((question.user_code, &*question.question.application_name), (user_code, "Shop"));
        app.services.decide_device(&typed, &shop.buyer, Consent::Given).await.unwrap();
        app.clock.advance(10_000);
        let answer = ask(&shop, &device_code).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(shop.userinfo(&answer.text("/access_token")).await.status, 200);
        assert_eq!(shop.refresh(&answer.text("/refresh_token")).await.status, 200);
        app.clock.advance(10_000);
        assert_refused(&ask(&shop, &device_code).await, "invalid_grant");
    }

    async fn a_refused_or_late_device_gets_nothing(app: TestApp) {
        let shop = Shop::open(app).await;
        let (refused, late) = (begin(&shop).await, begin(&shop).await);
        app.services.decide_device(&refused.text("/user_code"), &shop.buyer, Consent::Refused).await.unwrap();
        assert_refused(&ask(&shop, &refused.text("/device_code")).await, "access_denied");
        app.clock.advance(10 * 60 * 1000);
        assert_refused(&ask(&shop, &late.text("/device_code")).await, "expired_token");
        let decided = app.services.decide_device(&late.text("/user_code"), &shop.buyer, Consent::Given).await;
        assert!(matches!(decided, Err(DecisionRefusal::Gone)));
    }

    async fn another_clients_device_code_is_not_good(app: TestApp) {
        let (shop, thief) = (Shop::open(app).await, Shop::open(app).await);
        let begun = begin(&shop).await;
        app.services.decide_device(&begun.text("/user_code"), &shop.buyer, Consent::Given).await.unwrap();
        assert_refused(&ask(&thief, &begun.text("/device_code")).await, "invalid_grant");
        assert_eq!(ask(&shop, &begun.text("/device_code")).await.status, 200);
    }

    async fn of_two_decisions_the_first_counts(app: TestApp) {
        let shop = Shop::open(app).await;
        let user_code = begin(&shop).await.text("/user_code");
        let decide = |consent| app.services.decide_device(&user_code, &shop.buyer, consent);
        let (yes, no) = tokio::join!(decide(Consent::Given), decide(Consent::Refused));
        assert_eq!(u8::from(yes.is_ok()) + u8::from(no.is_ok()), 1);
    }
}
