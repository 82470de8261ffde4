//! Refuses to change anything because another site asked for it.
//!
//! Browsers say where a request comes from, in `Sec-Fetch-Site` and in `Origin` (Fetch, section
//! "forbidden request-header"); no token is needed. A request that carries neither comes from no
//! browser and brings no one's cookies along.

use tower_http::csrf::CsrfLayer;

/// The layer before everything that a browser may post to. The origin is trusted by name because a
/// proxy may change `Host`.
pub(super) fn layer(public_url: &str) -> CsrfLayer {
    CsrfLayer::new().add_trusted_origin(public_url).unwrap_or_else(|error| {
        tracing::warn!(public_url, %error, "{public_url} is no origin that a browser sends; forms are checked by Host alone");
        CsrfLayer::new()
    })
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, routing::post};
    use http::{Request, StatusCode};
    use tower::ServiceExt;

    async fn status(headers: &[(&str, &str)]) -> StatusCode {
        let app = Router::new()
            .route("/ui/x", post(async || StatusCode::NO_CONTENT).get(async || StatusCode::OK))
            .layer(super::layer("https://pay.example"));
        let mut request = Request::post("/ui/x").header("host", "10.0.0.7:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn own_forms_are_accepted() {
        assert_eq!(status(&[("sec-fetch-site", "same-origin")]).await, StatusCode::NO_CONTENT);
        assert_eq!(status(&[("origin", "https://pay.example")]).await, StatusCode::NO_CONTENT);
    }

    #[tokio::test]
    async fn forms_of_other_sites_are_refused() {
        for headers in [
            [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            [("sec-fetch-site", "same-site"), ("origin", "https://evil.pay.example")],
            [("accept", "text/html"), ("origin", "https://evil.example")],
            [("accept", "text/html"), ("origin", "null")],
            [("accept", "text/html"), ("origin", "http://pay.example")],
            [("accept", "text/html"), ("origin", "https://pay.example.evil.example")],
        ] {
            assert_eq!(status(&headers).await, StatusCode::FORBIDDEN, "{headers:?}");
        }
    }
}
