//! Every operation of the API: with no token, with a person's session, as another application, as the
//! application itself, and with a token that carries no scope that it needs.

use crate::ground::Ground;
use crate::routes::API;
use crate::support::{Partner, Request, TestApp, on_both_databases};
use crate::table::{Row, rows};

const CALLERS: [&str; 5] = ["nobody", "a session", "another application", "without the scope", "the application"];

/// A call as a partner makes it; what needs no proof is sent without.
fn proved(app: &TestApp, request: Request, partner: &Partner, token: &str) -> Request {
    request.bearer(token).signed(&partner.signer(&*app.clock))
}

async fn answered(ground: &Ground<'_>, row: &Row, caller: &str, other: &Partner) -> String {
    let app = ground.app;
    let path = match made(ground, &row.path).await {
        Some(id) => row.path.replace("{id}", &id),
        None => ground.fill(&row.path).await,
    };
    let sent = fill_body(ground, &row.sent).await;
    let mut request = app.get(&path).method(&row.method);
    if row.path.starts_with("/oauth") {
        request = request.form(&sent);
        let partner = if caller == "another application" { other } else { &ground.partner };
        let request = match caller {
            "nobody" => request,
            "a session" => ground.as_person("owner", request).await,
            _ => request.basic(&partner.api_key, &partner.api_secret),
        };
        return app.send(request).await.status.to_string();
    }
    if !sent.is_empty() {
        request = request.json_text(sent).header("idempotency-key", crate::support::fresh_nonce());
    }
    let request = match caller {
        "nobody" => request,
        "a session" => ground.as_person("owner", request).await,
        "another application" => proved(app, request, other, &other.token),
        "without the scope" => {
            // A token for something that this operation is not about.
            let scope = if row.method == "GET" { "payments:write" } else { "payments:read" };
            let token = ground.partner.token_for(&app.services, Some(scope)).await;
            proved(app, request, &ground.partner, &token)
        }
        _ => proved(app, request, &ground.partner, &ground.partner.token),
    };
    app.send(request).await.status.to_string()
}

/// What there is of the partner's under a path of movements or events; none under other paths.
async fn made(ground: &Ground<'_>, path: &str) -> Option<String> {
    let (app, partner) = (ground.app, &ground.partner);
    let path = path.strip_suffix("/{id}")?;
    let body = match path {
        "/v1/refunds" => "{\"payment_id\":\"{payment}\",\"amount\":\"0.01\",\"currency\":\"USD\"}",
        "/v1/top_ups" => "{\"amount\":\"1.00\",\"currency\":\"USD\",\"channel\":\"bank_transfer\"}",
        "/v1/withdrawals" => "{\"amount\":\"0.01\",\"currency\":\"USD\"}",
        "/v1/events" => {
            let listed = app.send(app.get(path).bearer(&partner.token)).await;
            return Some(listed.text("/data/0/id"));
        }
        _ => return None,
    };
    let request = app.post(path).json_text(fill_body(ground, body).await);
    let request = request.header("idempotency-key", crate::support::fresh_nonce());
    Some(app.send(proved(app, request, partner, &partner.token)).await.text("/id"))
}

/// A body has braces of its own, so only these names are replaced in it.
async fn fill_body(ground: &Ground<'_>, body: &str) -> String {
    let mut filled = body.to_owned();
    for name in ["{order}", "{payment}"] {
        if filled.contains(name) {
            filled = filled.replace(name, &ground.fill(name).await);
        }
    }
    filled
}

on_both_databases! {
    async fn every_operation_answers_every_caller_as_the_document_says(app: TestApp) {
        let ground = Ground::on(app).await;
        let other = app.partner("Other").await;
        let mut differences = Vec::new();
        let rows = rows(API);
        for row in &rows {
            for caller in CALLERS {
                let (expected, answered) = (row.expects(caller), answered(&ground, row, caller, &other).await);
                if answered != expected {
                    differences.push(format!("{} with {caller}: {answered} instead of {expected}", row.route()));
                }
            }
        }
        println!("{API}: {} operations, {} calls", rows.len(), rows.len() * CALLERS.len());
        assert!(differences.is_empty(), "{differences:#?}");
    }
}
