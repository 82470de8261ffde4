//! `POST /oauth/token`: who gets a token, and what everybody else hears.

use tallyport_domain::scope::ScopeSet;

use crate::forge::part;
use crate::support::{Answer, Partner, Request, TestApp, on_both_databases};

const GRANT: &str = "grant_type=client_credentials";

fn ask(app: &TestApp, partner: &Partner) -> Request {
    app.post("/oauth/token").basic(&partner.api_key, &partner.api_secret)
}

#[track_caller]
fn assert_refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.text("/error"), error, "{answer:?}");
    assert!(!answer.text("/error_description").is_empty(), "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
    assert_eq!(answer.header("www-authenticate").starts_with("Basic "), status == 401, "{answer:?}");
}

on_both_databases! {
    async fn key_and_secret_get_a_token_for_ten_minutes(app: TestApp) {
        let partner = app.partner("Shop").await;
        let answer = app.send(ask(app, &partner).form(GRANT)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
        let json = answer.json();
        assert_eq!(json["token_type"], "Bearer");
        assert_eq!(json["expires_in"], 600);
        assert_eq!(json["scope"], ScopeSet::all().to_string());
        assert_eq!(json.as_object().unwrap().len(), 4, "{json}");

        let token = answer.text("/access_token");
        let header = part(&token, 0);
        assert_eq!((&header["typ"], &header["alg"]), (&"at+jwt".into(), &"ES256".into()));
        let claims = part(&token, 1);
        let now_s = app.services.clock().now_ms() / 1000;
        assert_eq!(claims["iss"], app.url(""));
        assert_eq!(claims["aud"], app.url(""));
        assert_eq!(claims["sub"], partner.application_id.to_string());
        assert_eq!(claims["client_id"], partner.api_key);
        assert_eq!(claims["environment"], "sandbox");
        for (member, second) in [("iat", now_s), ("nbf", now_s), ("exp", now_s + 600)] {
            assert_eq!(claims[member], second, "{member}");
        }
        assert_eq!(claims["scope"], json["scope"]);
        assert!(!claims["jti"].as_str().unwrap().is_empty());
        let again = app.send(ask(app, &partner).form(GRANT)).await.text("/access_token");
        assert_ne!(part(&again, 1)["jti"], claims["jti"]);
    }

    async fn token_carries_only_the_scope_that_was_asked_for(app: TestApp) {
        let partner = app.partner("Shop").await;
        let answer = app.send(ask(app, &partner).form("grant_type=client_credentials&scope=payments%3Aread")).await;
        assert_eq!(answer.text("/scope"), "payments:read");
        let unknown = ask(app, &partner).form("grant_type=client_credentials&scope=payments%3Aread+admin");
        assert_refused(&app.send(unknown).await, 400, "invalid_scope");
    }

    async fn wrong_credentials_are_refused_all_alike(app: TestApp) {
        let (partner, other) = (app.partner("Shop").await, app.partner("Other").await);
        let mut mistyped = partner.api_secret.clone();
        mistyped.replace_range(20..21, if &mistyped[20..21] == "A" { "B" } else { "A" });
        let unknown = partner.api_key.replace(&partner.api_key[20..], &other.api_key[20..]);
        let mut bodies = Vec::new();
        for (key, secret) in [
            (partner.api_key.as_str(), other.api_secret.as_str()),
            (&other.api_key, &partner.api_secret),
            (&partner.api_key, &mistyped),
            (&partner.api_key, ""),
            ("", &partner.api_secret),
            (&unknown, &partner.api_secret),
            ("ak_nonsense", "sk_nonsense"),
        ] {
            let answer = app.send(app.post("/oauth/token").basic(key, secret).form(GRANT)).await;
            assert_refused(&answer, 401, "invalid_client");
            bodies.push(answer.body);
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1);
    }

    async fn grant_type_is_sent_once_and_known(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (form, error) in [
            ("", "invalid_request"),
            ("scope=payments%3Aread", "invalid_request"),
            ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
            ("grant_type=client_credentials&scope=a&scope=b", "invalid_request"),
            ("grant_type=password&username=a&password=b", "unsupported_grant_type"),
            ("grant_type=", "unsupported_grant_type"),
            ("grant_type=%ff%zz", "unsupported_grant_type"),
        ] {
            assert_refused(&app.send(ask(app, &partner).form(form)).await, 400, error);
        }
    }

    async fn body_has_to_be_a_form(app: TestApp) {
        let partner = app.partner("Shop").await;
        let json = ask(app, &partner).json_text(r#"{"grant_type":"client_credentials"}"#);
        assert_refused(&app.send(json).await, 400, "invalid_request");
        assert_refused(&app.send(ask(app, &partner).body(GRANT)).await, 400, "invalid_request");
    }

    async fn client_shows_itself_by_exactly_one_basic_header(app: TestApp) {
        let partner = app.partner("Shop").await;
        let Partner { api_key, api_secret, .. } = &partner;
        let none = app.send(app.post("/oauth/token").form(GRANT)).await;
        assert_refused(&none, 401, "invalid_client");
        let twice = ask(app, &partner).basic(api_key, api_secret).form(GRANT);
        assert_refused(&app.send(twice).await, 401, "invalid_client");
        let bearer = app.post("/oauth/token").bearer(&partner.token).form(GRANT);
        assert_refused(&app.send(bearer).await, 401, "invalid_client");
        for garbage in ["Basic", "Basic ", "Basic !!!", "Basic YWJj", "basic:abc"] {
            let request = app.post("/oauth/token").header("authorization", garbage).form(GRANT);
            assert_refused(&app.send(request).await, 401, "invalid_client");
        }
    }

    async fn secret_in_the_form_is_as_good_as_in_the_header(app: TestApp) {
        let partner = app.partner("Shop").await;
        let credentials = format!("client_id={}&client_secret={}", partner.api_key, partner.api_secret);
        let answer = app.send(app.post("/oauth/token").form(&format!("{GRANT}&{credentials}"))).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    async fn secret_in_the_address_is_never_taken(app: TestApp) {
        let partner = app.partner("Shop").await;
        let credentials = format!("client_id={}&client_secret={}", partner.api_key, partner.api_secret);
        let query = app.post(&format!("/oauth/token?{credentials}")).form(GRANT);
        assert_refused(&app.send(query).await, 401, "invalid_client");
        let both = ask(app, &partner).target(&format!("/oauth/token?{credentials}")).form(GRANT);
        assert_refused(&app.send(both).await, 400, "invalid_request");
        let get = app.get(&format!("/oauth/token?{GRANT}&{credentials}"));
        app.send(get).await.assert_problem(405, "method_not_allowed");
    }

    async fn two_ways_at_once_are_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        let secret = format!("{GRANT}&client_secret={}", partner.api_secret);
        assert_refused(&app.send(ask(app, &partner).form(&secret)).await, 400, "invalid_request");
        let assertion = format!("{GRANT}&client_assertion=a.b.c");
        assert_refused(&app.send(ask(app, &partner).form(&assertion)).await, 400, "invalid_request");
        let other = app.partner("Other").await;
        let other = format!("{GRANT}&client_id={}", other.api_key);
        assert_refused(&app.send(ask(app, &partner).form(&other)).await, 400, "invalid_request");
    }
}
