//! Where answers may go: to the very text that was registered.

use crate::client::{REDIRECT_URI, Shop, find_parameter, good_request, parameter};
use crate::support::on_both_databases;

fn with(api_key: &str, name: &str, value: &str) -> Vec<(String, String)> {
    let mut request = good_request(api_key);
    request.retain(|(own, _)| own != name);
    request.push((name.to_owned(), value.to_owned()));
    request
}

on_both_databases! {
    async fn every_other_spelling_of_the_address_is_shown_to_the_person_only(app: TestApp) {
        let shop = Shop::open(app).await;
        for variation in [
            "https://shop.example/Callback",
            "HTTPS://shop.example/callback",
            "https://Shop.example/callback",
            "https://shop.example/callback/",
            "https://shop.example//callback",
            "https://shop.example/%63allback",
            "https://shop.example/x/../callback",
            "https://shop.example/%2e%2e/callback",
            "https://user@shop.example/callback",
            "https://shop.example:443/callback",
            "https://shop.example:8443/callback",
            "https://shop.example/callback#x",
            "https://shop.example/callback?x=1",
            "https://shop.example/callback%00",
            "https://shop.example.evil.example/callback",
            "https://evil.example/callback",
            "http://shop.example/callback",
            "//shop.example/callback",
            "/callback",
        ] {
            let answer = shop.authorize(&with(&shop.partner.api_key, "redirect_uri", variation)).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/consent?refused=invalid_request"), "{variation}");
        }
        let other = Shop::open(app).await;
        let unknown = with("ak_00000000000000000000000000", "scope", "openid");
        assert_eq!(other.authorize(&unknown).await.header("location"), "/consent?refused=invalid_client");
    }

    async fn another_address_counts_as_soon_as_it_is_saved(app: TestApp) {
        let shop = Shop::open(app).await;
        let goes_to = async |address: &str| {
            let answer = shop.authorize(&with(&shop.partner.api_key, "redirect_uri", address)).await;
            answer.header("location").starts_with("/consent?request=")
        };
        let other = "https://shop.example/other";
        assert!(goes_to(REDIRECT_URI).await && !goes_to(other).await);
        app.services.set_redirect_uris(&shop.partner.member, shop.partner.application_id, other).await.unwrap();
        assert!(goes_to(other).await && !goes_to(REDIRECT_URI).await);
    }

    async fn an_address_that_is_left_out_is_not_guessed(app: TestApp) {
        let shop = Shop::open(app).await;
        for left_out in ["redirect_uri", "client_id"] {
            let mut request = good_request(&shop.partner.api_key);
            request.retain(|(name, _)| name != left_out);
            assert_eq!(shop.authorize(&request).await.header("location"), "/consent?refused=invalid_request");
        }
        let empty = with(&shop.partner.api_key, "redirect_uri", "");
        assert_eq!(shop.authorize(&empty).await.header("location"), "/consent?refused=invalid_request");
        // One that another client registered is none of this one's.
        let other = Shop::open(app).await;
        let id = other.partner.application_id;
        app.services.set_redirect_uris(&other.partner.member, id, "https://other.example/callback").await.unwrap();
        let theirs = with(&shop.partner.api_key, "redirect_uri", "https://other.example/callback");
        assert_eq!(shop.authorize(&theirs).await.header("location"), "/consent?refused=invalid_request");
    }

    async fn what_else_is_wrong_is_told_to_the_application(app: TestApp) {
        let shop = Shop::open(app).await;
        for (name, value, error) in [
            ("response_type", "token", "unsupported_response_type"),
            ("response_mode", "fragment", "invalid_request"),
            ("code_challenge", "", "invalid_request"),
            ("code_challenge", "short", "invalid_request"),
            ("code_challenge_method", "plain", "invalid_request"),
            ("code_challenge_method", "", "invalid_request"),
            ("scope", "openid admin", "invalid_scope"),
            ("scope", "", "invalid_scope"),
            ("resource", "https://other.example", "invalid_target"),
            ("authorization_details", "[{}]", "invalid_authorization_details"),
            ("prompt", "none", "login_required"),
            ("prompt", "none login", "invalid_request"),
            ("max_age", "soon", "invalid_request"),
        ] {
            let answer = shop.authorize(&with(&shop.partner.api_key, name, value)).await;
            let url = answer.header("location");
            assert!(url.starts_with(&format!("{REDIRECT_URI}?error=")), "{name}={value}: {url}");
            assert_eq!(parameter(url, "error"), error, "{name}={value}");
            assert_eq!(parameter(url, "state"), "a state & more");
            assert_eq!(parameter(url, "iss"), app.url(""));
            assert!(find_parameter(url, "code").is_none());
        }
    }

    async fn doubled_parameters_are_refused(app: TestApp) {
        let shop = Shop::open(app).await;
        // The other value, and the very same once more.
        for (name, value) in good_request(&shop.partner.api_key) {
            for second in ["other", &value] {
                let mut doubled = good_request(&shop.partner.api_key);
                doubled.push((name.clone(), second.to_owned()));
                let answer = shop.authorize(&doubled).await;
                assert_eq!(answer.header("location"), "/consent?refused=invalid_request", "{name}={second}");
            }
        }
    }

    async fn a_refusal_of_the_holder_is_told(app: TestApp) {
        let shop = Shop::open(app).await;
        let handle = shop.handle().await;
        let refused = tallyport_service::authorization::Consent::Refused;
        let url = app.services.decide_request(&handle, &shop.buyer, refused).await.unwrap();
        assert_eq!(parameter(&url, "error"), "access_denied");
        assert_eq!(parameter(&url, "iss"), app.url(""));
    }
}
