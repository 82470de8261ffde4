//! The platform's signing keys take turns, and nobody's token suffers.

use serde_json::Value;
use tallyport_domain::KeyPurpose;
use tallyport_service::CallFrom;
use tallyport_service::audit::Actor;

use crate::client::{Shop, part};
use crate::support::{TestApp, on_both_databases};

async fn published(app: &TestApp) -> Vec<String> {
    let keys = app.send(app.get("/.well-known/jwks.json")).await.json();
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn kid(shop: &Shop<'_>) -> String {
    let token = shop.partner.token_for(&shop.app.services, None).await;
    part(&token, 0)["kid"].as_str().unwrap().to_owned()
}

on_both_databases! {
    async fn a_new_key_is_published_before_it_signs(app: TestApp) {
        let shop = Shop::open(app).await;
        let old = kid(&shop).await;
        let rotated = app.services.rotate_platform_key(KeyPurpose::AccessToken, &Actor::command("test")).await;
        let new = rotated.unwrap().to_string();
        let both = published(app).await;
        assert!(both.contains(&old) && both.contains(&new), "{both:?}");
        app.clock.advance(10 * 60 * 1000 - 1);
        assert_eq!(kid(&shop).await, old);
        let last = shop.partner.token_for(&app.services, None).await;
        app.clock.advance(1);
        assert_eq!(kid(&shop).await, new);
        assert!(app.services.authenticate(&last, CallFrom::Unknown).await.unwrap().is_ok());
        app.clock.advance(3_610_000 - 1);
        assert!(published(app).await.contains(&old));
        app.clock.advance(1);
        let last = published(app).await;
        assert!(!last.contains(&old) && last.contains(&new), "{last:?}");
    }

    async fn metadata_of_both_kinds_is_complete(app: TestApp) {
        let paths = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];
        for path in paths {
            let metadata = app.send(app.get(path)).await.json();
            assert_eq!(metadata["issuer"], app.url(""));
            assert_eq!(metadata["code_challenge_methods_supported"], serde_json::json!(["S256"]));
            let endpoints = metadata.as_object().unwrap().iter().filter(|(name, _)| name.ends_with("_endpoint"));
            let mut count = 0;
            for (name, url) in endpoints {
                let path = url.as_str().and_then(|url| url.strip_prefix(&app.url(""))).unwrap();
                let answer = app.send(app.get(path)).await;
                assert_ne!(answer.status, 404, "{name}");
                count += 1;
            }
            assert_eq!(count, 7);
            assert!(metadata.as_object().unwrap().values().all(|value| *value != Value::Null));
        }
    }
}
