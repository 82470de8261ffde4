//! A request in the making. Whatever is changed after [`Request::signed`] was not signed.

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::signature::RequestView;

use super::Signer;
use super::signature::content_digest;

/// A request that is not sent yet.
#[derive(Clone)]
pub(crate) struct Request {
    method: String,
    /// Path and query.
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Request {
    pub(super) fn new(method: &str, target: &str, authority: &str) -> Self {
        let headers = vec![("host".to_owned(), authority.as_bytes().to_vec())];
        Self { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() }
    }

    pub(crate) fn method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    /// Another path and query.
    pub(crate) fn target(mut self, target: &str) -> Self {
        target.clone_into(&mut self.target);
        self
    }

    /// One more header, beside those of the same name.
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// A header in place of those of the same name.
    pub(crate) fn with(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.without(name).header(name, value)
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(own, _)| own != name);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn basic(self, user: &str, password: &str) -> Self {
        self.header("authorization", format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
    }

    /// A body without a media type.
    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// A body that says it is JSON, whatever it is.
    pub(crate) fn json_text(self, body: impl Into<Vec<u8>>) -> Self {
        self.with("content-type", "application/json").body(body)
    }

    /// The body of a form.
    pub(crate) fn form(self, body: &str) -> Self {
        self.with("content-type", "application/x-www-form-urlencoded").body(body)
    }

    /// Signs what the request is now, digest of the body included. A signature that it had is
    /// replaced.
    pub(crate) fn signed(self, signer: &Signer) -> Self {
        let mut request = self.without("signature").without("signature-input").without("content-digest");
        if !request.body.is_empty() {
            let digest = content_digest(&request.body);
            request = request.header("content-digest", digest);
        }
        let (input, signature) = request.viewed(|view| signer.sign(view));
        request.header("signature-input", input).header("signature", signature)
    }

    fn viewed<T>(&self, look: impl FnOnce(&RequestView<'_>) -> T) -> T {
        let (path, query) = match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (self.target.as_str(), None),
        };
        let fields: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let authority = self.headers.iter().find(|(name, _)| name == "host").map_or(&b""[..], |(_, value)| value);
        look(&RequestView {
            method: &self.method,
            scheme: "http",
            authority: std::str::from_utf8(authority).unwrap(),
            path,
            query,
            fields: &fields,
            has_body: !self.body.is_empty(),
        })
    }

    /// The first value of a header that the request has.
    pub(crate) fn value(&self, name: &str) -> String {
        let (_, value) = self.headers.iter().find(|(own, _)| own == name).unwrap();
        String::from_utf8(value.clone()).unwrap()
    }

    pub(crate) fn body_text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The request for a client of the outside.
    pub(crate) fn into_reqwest(self, origin: &str) -> reqwest::Request {
        let url = format!("{origin}{}", self.target).parse().unwrap();
        let mut request = reqwest::Request::new(self.method.parse().unwrap(), url);
        for (name, value) in self.headers {
            let name: http::HeaderName = name.parse().unwrap();
            request.headers_mut().append(name, value.try_into().unwrap());
        }
        *request.body_mut() = Some(self.body.into());
        request
    }

    pub(super) fn into_http(self) -> http::Request<Body> {
        let mut request = http::Request::builder().method(self.method.as_str()).uri(&self.target);
        for (name, value) in &self.headers {
            request = request.header(name, value.as_slice());
        }
        request.body(Body::from(self.body)).unwrap()
    }
}
