//! What browsers and their tricks may do with the API: as little as anybody else. Partners call it from their
//! servers; no page of another origin reads an answer.

use crate::support::{Answer, on_both_databases};

fn allows_no_other_origin(answer: &Answer) -> bool {
    answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-"))
}

on_both_databases! {
    async fn no_other_origin_is_let_in(app: TestApp) {
        let partner = app.partner("Shop").await;
        for origin in ["null", "https://evil.example", "file://", &*app.url("")] {
            for path in ["/v1/application", "/v1/payments", "/oauth/token", "/openapi.json", "/.well-known/jwks.json"] {
                let preflight = app
                    .get(path)
                    .method("OPTIONS")
                    .header("origin", origin)
                    .header("access-control-request-method", "POST")
                    .header("access-control-request-headers", "authorization, signature, idempotency-key");
                let answer = app.send(preflight).await;
                assert_eq!(answer.status, 405, "{path} for {origin}");
                assert!(allows_no_other_origin(&answer), "{path} for {origin}: {answer:?}");
                let read = app.send(app.get(path).header("origin", origin).bearer(&partner.token)).await;
                assert!(allows_no_other_origin(&read), "{path} for {origin}: {read:?}");
            }
        }
    }

    async fn no_header_or_parameter_stands_in_for_the_method(app: TestApp) {
        let partner = app.partner("Shop").await;
        for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
            let read = app.get("/v1/payments").header(name, "POST").bearer(&partner.token);
            assert_eq!(app.send(read).await.json()["object"], "list", "{name}");
            let payment = app.payment(&partner, name, "1.00").header(name, "GET");
            assert_eq!(app.send(payment).await.json()["object"], "payment", "{name}");
            let delete = app.post("/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb").header(name, "GET");
            app.send(delete.bearer(&partner.token)).await.assert_problem(405, "method_not_allowed");
        }
        let target = "/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb?_method=GET";
        app.send(app.post(target).bearer(&partner.token)).await.assert_problem(405, "method_not_allowed");
        for method in ["TRACE", "PROPFIND", "post"] {
            let call = app.get("/v1/payments").method(method).bearer(&partner.token);
            app.send(call).await.assert_problem(405, "method_not_allowed");
        }
    }
}
