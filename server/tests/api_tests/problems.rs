//! Refusals: one form for all, in the reader's language.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use http::StatusCode;
use serde_json::json;
use tallyport_server::middleware::{Surroundings, around};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{TestApp, on_both_databases};

fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

on_both_databases! {
    async fn unknown_paths_and_methods_are_problems_too(app: TestApp) {
        let partner = app.partner("Shop").await;
        for path in ["/v1", "/v1/", "/v1/paymentz", "/v1/payments/a/b", "/v1/payments/", "/oauth/x", "/.well-known/x"] {
            app.send(app.get(path).bearer(&partner.token)).await.assert_problem(404, "not_found");
            app.send(app.get(path).header("accept", "text/html")).await.assert_problem(404, "not_found");
        }
        for (method, path, allow) in [
            ("GET", "/v1/payments/pay_1/capture", "POST"),
            ("DELETE", "/v1/payments", "POST,GET,HEAD"),
            ("POST", "/v1/payments/pay_1", "GET,HEAD"),
            ("GET", "/oauth/token", "POST"),
            ("PUT", "/.well-known/jwks.json", "GET,HEAD"),
        ] {
            let answer = app.send(app.get(path).method(method).bearer(&partner.token)).await;
            answer.assert_problem(405, "method_not_allowed");
            assert_eq!(answer.header("allow"), allow, "{path}");
        }
    }

    async fn an_id_that_is_no_text_is_not_found(app: TestApp) {
        let partner = app.partner("Shop").await;
        for kind in ["payments", "refunds", "transfers", "top_ups", "withdrawals", "events"] {
            for id in ["%FF", "%ff%fe", "%00", "%2F", "..%2Fpayments", "x", "%E6%94%AF"] {
                let answer = app.send(app.get(&format!("/v1/{kind}/{id}")).bearer(&partner.token)).await;
                answer.assert_problem(404, "not_found");
            }
        }
        for change in ["capture", "cancel"] {
            let request = app.money_call(&partner, &format!("/v1/payments/%FF/{change}"), "k", &json!({}));
            app.send(request).await.assert_problem(404, "not_found");
        }
        app.send(app.get("/v1/payments/%FF")).await.assert_problem(401, "authentication_required");
        app.send(app.get("/v1/%FF").bearer(&partner.token)).await.assert_problem(404, "not_found");
        for query in ["%FF=1", "a=%FF", "%", "status=%FF"] {
            let answer = app.send(app.get(&format!("/v1/payments?{query}")).bearer(&partner.token)).await;
            let code = answer.text("/code");
            assert!(code.starts_with("parameter_"), "{query}: {answer:?}");
            answer.assert_problem(400, &code);
        }
    }

    async fn a_body_that_breaks_off_is_refused_in_the_form_of_its_endpoint(app: TestApp) {
        let partner = app.partner("Shop").await;
        let json = format!("authorization: Bearer {}\r\ncontent-type: application/json", partner.token);
        let form = "content-type: application/x-www-form-urlencoded".to_owned();
        for (path, fields, kind, code) in [
            ("/v1/echo", &json, "application/problem+json", "body_malformed"),
            ("/v1/payments", &json, "application/problem+json", "body_malformed"),
            ("/oauth/token", &form, "application/json", "broke off"),
        ] {
            // What is sent as the length of the first piece is no number.
            let text = format!(
                "POST {path} HTTP/1.1\r\nhost: {}\r\n{fields}\r\ntransfer-encoding: chunked\r\nidempotency-key: k\r\n\
                 signature: s=:AA==:\r\nconnection: close\r\n\r\nZZ\r\n",
                app.authority,
            );
            let mut stream = TcpStream::connect(&app.authority).await.unwrap();
            stream.write_all(text.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.unwrap();
            let answer = String::from_utf8_lossy(&answer).into_owned();
            assert!(answer.starts_with("HTTP/1.1 400 "), "{path}: {answer}");
            assert!(answer.contains(&format!("content-type: {kind}\r\n")) && answer.contains(code), "{path}: {answer}");
        }
    }

    async fn language_follows_the_reader(app: TestApp) {
        let partner = app.partner("Shop").await;
        let requests = [
            app.get("/v1/nothing"),
            app.get("/v1/payments"),
            app.get("/v1/payments/pay_1"),
            app.get("/v1/payments/pay_1").bearer("x"),
            app.payment(&partner, "A-1", "1.00").with("content-type", "text/plain"),
            app.payment(&partner, "A-1", "1.00").without("idempotency-key"),
            app.payment(&partner, "A-1", "1.00").without("signature").without("signature-input"),
            app.payment(&partner, "A-1", "1.00").with("signature", "sig=:AAAA:"),
            app.payment(&partner, "A-1", "1.0"),
            app.payment(&partner, "A-1", "0.00"),
            app.payment_text(&partner, "k", r#"{"order_id":"订单"}"#),
            app.payment_text(&partner, "k", "{"),
            app.payment_text(&partner, "k", "[]"),
            app.payment_text(&partner, "k", " ".repeat(2 << 20)),
        ];
        for request in requests {
            for (languages, chinese) in [("zh-CN,zh;q=0.9,en;q=0.5", true), ("en", false), ("fr", false), ("", false)] {
                let request = request.clone().header("accept-language", languages);
                let answer = app.send(request).await;
                let code = answer.text("/code");
                let problem = answer.assert_problem(answer.status, &code);
                for member in ["title", "detail", "hint"] {
                    let text = problem[member].as_str().unwrap();
                    assert_eq!(is_chinese(text), chinese, "{member} in {languages:?}: {problem}");
                }
            }
        }
    }

    async fn idempotency_key_is_demanded_once_and_visible(app: TestApp) {
        let partner = app.partner("Shop").await;
        let request = app.payment(&partner, "A-1", "1.00");
        let none = request.clone().without("idempotency-key").signed(&partner.signer(&*app.clock));
        app.send(none).await.assert_problem(400, "idempotency_key_missing");
        for wrong in ["", " ", "a b", "a\tb", "键", &"k".repeat(256)] {
            let request = request.clone().with("idempotency-key", wrong);
            let problem = app.send(request).await.assert_problem(400, "idempotency_key_invalid");
            assert_eq!(problem["param"], "Idempotency-Key");
        }
        let twice = request.clone().header("idempotency-key", "A-1").signed(&partner.signer(&*app.clock));
        app.send(twice).await.assert_problem(400, "idempotency_key_invalid");
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
        let longest = "k".repeat(255);
        let body = request.body_text();
        assert_eq!(app.send(app.payment_text(&partner, &longest, body)).await.status, 201);
    }

    async fn no_answer_repeats_a_secret(app: TestApp) {
        let partner = app.partner("Shop").await;
        let body = format!("{{\"order_id\":\"{}\"}}", partner.api_secret);
        for request in [
            app.get("/v1/payments/pay_1").bearer(&partner.api_secret),
            app.payment_text(&partner, "k", body),
            app.payment_text(&partner, "k", format!("{{\"{}\":1}}", partner.token)),
            app.post("/oauth/token").basic(&partner.api_key, &format!("{}x", partner.api_secret)).form("grant_type=a"),
        ] {
            let answer = app.send(request).await;
            assert!(answer.status >= 400);
            assert!(!answer.body.contains(&partner.api_secret), "{answer:?}");
        }
    }
    async fn a_handler_that_breaks_ends_its_own_call_and_tells_nothing(app: TestApp) {
        let surroundings = Surroundings {
            services: app.services.clone(),
            request_timeout: Duration::from_secs(30),
            body_bytes_max: 1 << 20,
            trusted_proxies: Arc::default(),
            public_url: Arc::new(app.url("").parse().unwrap()),
        };
        let broken = Router::new()
            .route("/v1/broken", get(async || -> StatusCode { panic!("a canary of the handler's") }))
            .route("/v1/whole", get(async || StatusCode::NO_CONTENT))
            .layer(from_fn_with_state(surroundings, around));
        for _ in 0..2 {
            let answer = TestApp::send_to(&broken, app.get("/v1/broken")).await;
            let problem = answer.assert_problem(500, "internal");
            assert!(!answer.body.contains("canary"), "{problem}");
            assert_eq!(TestApp::send_to(&broken, app.get("/v1/whole")).await.status, 204);
        }
    }
}
