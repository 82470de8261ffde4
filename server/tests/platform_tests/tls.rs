//! TLS with a certificate made for these tests: for localhost, signed by itself, good for a century.

use std::io::{Read, Write};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::program::{Answer, Server, request};

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/platform_tests/localhost.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/platform_tests/localhost.key");
const SETTINGS: [&str; 4] = ["--tls-certificate", CERTIFICATE, "--tls-key", KEY];

fn connect(server: &Server, protocols: &[&str]) -> StreamOwned<ClientConnection, std::net::TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(CERTIFICATE).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), server.connect());
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).unwrap();
    }
    stream
}

#[test]
fn https_is_spoken_where_a_certificate_is_given() {
    let server = Server::start(&SETTINGS);
    assert!(server.greeting[0].contains("https://"), "{:?}", server.greeting);
    let mut stream = connect(&server, &["http/1.1"]);
    stream.write_all(request("GET /healthz").as_bytes()).unwrap();
    let answer = Answer::read(stream);
    assert_eq!(answer.status, 200);
    assert!(answer.header("strict-transport-security").is_some(), "{answer:?}");
}

#[test]
fn cookies_are_bound_to_this_host_and_to_tls() {
    let server = Server::start(&SETTINGS);
    let mut stream = connect(&server, &["http/1.1"]);
    // A form with a mistake in it: what was typed waits in the session for its page.
    let body = "email=ada&password=";
    let head = format!(
        "POST /ui/sign_in\nsec-fetch-site: same-origin\naccept: text/html\n\
         content-type: application/x-www-form-urlencoded\ncontent-length: {}",
        body.len()
    );
    stream.write_all(request(&head).as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let answer = Answer::read(stream);
    let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("no cookie: {answer:?}"));
    assert!(cookie.starts_with("__Host-tallyport="), "{cookie}");
    for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
}

#[test]
fn http2_is_preferred() {
    let server = Server::start(&SETTINGS);
    let stream = connect(&server, &["http/1.1", "h2"]);
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"h2"[..]));
}

#[test]
fn plain_request_to_a_tls_port_is_not_answered() {
    let server = Server::start(&SETTINGS);
    let mut stream = server.connect();
    stream.write_all(request("GET /healthz").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    assert!(!bytes.starts_with(b"HTTP/"), "{bytes:?}");
}
