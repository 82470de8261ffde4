//! What every answer carries, whatever the route.

use crate::program::{Server, ask};

#[test]
fn every_answer_has_its_own_request_id() {
    let server = Server::start(&["--body-bytes-max", "1024"]);
    let too_large = "x".repeat(2000);
    let answers = [
        (200, server.ask("GET /healthz")),
        (200, server.ask("HEAD /healthz")),
        (404, server.ask("GET /v1/nothing")),
        (404, server.ask("GET /nothing/here")),
        (405, server.ask("DELETE /healthz")),
        (413, ask(server.address, "POST /v1/nothing\ncontent-length: 2000", too_large.as_bytes())),
    ];
    let mut ids: Vec<&str> = Vec::new();
    for (status, answer) in &answers {
        assert_eq!(answer.status, *status, "{answer:?}");
        let id = answer.header("request-id").unwrap_or_else(|| panic!("{answer:?}"));
        assert!(id.starts_with("req_") && id.len() == 30, "{id}");
        ids.push(id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), answers.len());
}

#[test]
fn client_cannot_choose_the_request_id() {
    let server = Server::start(&[]);
    let answer = server.ask("GET /healthz\nrequest-id: req_00000000000000000000000000");
    assert_ne!(answer.header("request-id"), Some("req_00000000000000000000000000"));
}

#[test]
fn errors_of_the_api_are_problems_in_the_callers_language() {
    let server = Server::start(&["--public-url", "https://pay.example.com"]);
    let answer = server.ask("GET /v1/nothing\naccept-language: zh-CN\naccept: text/html");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem = answer.json();
    assert_eq!(problem["code"], "not_found");
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["type"], "https://pay.example.com/docs/errors/not_found");
    assert_eq!(problem["title"], "资源不存在");
    assert_eq!(problem["request_id"].as_str(), answer.header("request-id"));
    let answer = server.ask("GET /v1/nothing");
    assert_eq!(answer.json()["title"], "There is nothing here");
}

#[test]
fn announced_body_over_the_limit_is_refused_before_it_is_read() {
    let server = Server::start(&["--body-bytes-max", "1024"]);
    // Not one byte of the body is sent.
    let answer = server.ask("POST /v1/payments\ncontent-length: 1025");
    assert_eq!(answer.status, 413);
    assert_eq!(answer.json()["code"], "body_too_large");
}

#[test]
fn body_of_unknown_length_is_cut_off_at_the_limit() {
    let server = Server::start(&["--body-bytes-max", "1024"]);
    let chunk = format!("7d0\r\n{}\r\n0\r\n\r\n", "x".repeat(2000));
    let head = "POST /oauth/token\nauthorization: Basic YTpi\ncontent-type: application/x-www-form-urlencoded\ntransfer-encoding: chunked";
    let answer = ask(server.address, head, chunk.as_bytes());
    assert_eq!(answer.status, 413, "{answer:?}");
    assert_eq!(answer.json()["code"], "body_too_large");
}

#[test]
fn headers_that_protect_browsers_are_on_every_answer() {
    let server = Server::start(&[]);
    for head in ["GET /healthz", "GET /v1/nothing", "GET /nothing/here", "DELETE /healthz"] {
        let answer = server.ask(head);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{head}");
        for name in
            ["referrer-policy", "permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"]
        {
            assert!(answer.header(name).is_some(), "{head}: {name}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{head}: {policy}");
        assert_eq!(answer.header("strict-transport-security"), None, "{head}");
    }
}

#[test]
fn hsts_is_said_only_where_browsers_come_by_tls() {
    let server = Server::start(&["--public-url", "https://pay.example.com"]);
    let answer = server.ask("GET /healthz");
    assert!(answer.header("strict-transport-security").is_some_and(|value| value.starts_with("max-age=")));
}

#[cfg(feature = "portal")]
#[test]
fn nonce_of_a_page_is_fresh_and_on_its_scripts() {
    let server = Server::start(&[]);
    let nonces = [0, 1].map(|_| {
        let answer = server.ask("GET /\naccept: text/html");
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{answer:?}"));
        assert!(!policy.contains("script-src 'unsafe-inline'"), "{policy}");
        let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).unwrap().0.to_owned();
        for script in answer.body.split("<script").skip(1) {
            let tag = script.split_once('>').unwrap().0;
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "a script without the nonce: {tag}");
        }
        nonce
    });
    assert_ne!(nonces[0], nonces[1]);
}

#[test]
fn readiness_names_each_check() {
    let server = Server::start(&[]);
    for address in [server.address, server.admin] {
        let answer = ask(address, "GET /readyz", b"");
        assert_eq!(answer.status, 200);
        let checks = &answer.json()["checks"];
        assert_eq!(checks["database"], "ok");
        assert_eq!(checks["migrations"], "ok");
        assert_eq!(checks["draining"], false);
    }
}

#[test]
fn figures_are_only_on_the_admin_listener() {
    let server = Server::start(&[]);
    assert_eq!(server.ask("GET /v1/nothing?code=canary").status, 404);
    assert_eq!(server.ask("GET /metrics").status, 404);
    let figures = ask(server.admin, "GET /metrics", b"").body;
    assert!(
        figures.contains("tallyport_http_requests_total{route=\"/v1/{*path}\",method=\"GET\",status=\"4xx\"} 1"),
        "{figures}"
    );
    assert!(figures.contains("tallyport_http_request_seconds_bucket"), "{figures}");
    assert!(!figures.contains("canary"));
}

#[test]
fn files_of_the_site_are_sent_in_the_variant_the_client_takes() {
    let site = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(site.path().join(name), text).unwrap();
    std::fs::create_dir(site.path().join("pkg")).unwrap();
    write("manifest.json", r#"{"stem":"portal-1","css":"pkg/portal-1.css","immutable":["pkg/portal-1.css"]}"#);
    write("pkg/portal-1.css", "plain");
    write("pkg/portal-1.css.br", "brotli");
    write("robots.txt", "robots");
    let server = Server::start(&["--site-dir", site.path().to_str().unwrap()]);

    let answer = server.ask("GET /pkg/portal-1.css\naccept-encoding: gzip, br");
    assert_eq!((answer.status, answer.body.as_str()), (200, "brotli"));
    assert_eq!(answer.header("content-encoding"), Some("br"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(answer.header("vary"), Some("accept-encoding"));
    let answer = server.ask("GET /pkg/portal-1.css");
    assert_eq!((answer.body.as_str(), answer.header("content-encoding")), ("plain", None));
    assert_eq!(answer.header("content-type"), Some("text/css; charset=utf-8"));

    let answer = server.ask("GET /robots.txt");
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let tag = answer.header("etag").unwrap();
    let again = server.ask(&format!("GET /robots.txt\nif-none-match: {tag}"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    for path in ["/manifest.json", "/pkg/portal-1.css.br", "/pkg/../manifest.json", "/%2e%2e/etc/passwd"] {
        assert_eq!(server.ask(&format!("GET {path}")).status, 404, "{path}");
    }
}
