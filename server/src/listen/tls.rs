//! TLS: certificate and key from PEM files, with the one cryptography provider of this program.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::exit::{Exit, Failure};
use crate::settings::HttpSettings;

/// Makes the acceptor where a certificate is given, HTTP/2 first.
///
/// # Errors
/// When only one of certificate and key is given, either cannot be read, or they do not belong
/// together.
pub fn acceptor(settings: &HttpSettings) -> Result<Option<TlsAcceptor>, Failure> {
    let (certificate, key) = match (&settings.tls_certificate, &settings.tls_key) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (certificate, key),
        (Some(_), None) => return Err(Failure::new(Exit::Certificate, "tls-certificate is given without tls-key")),
        (None, Some(_)) => return Err(Failure::new(Exit::Certificate, "tls-key is given without tls-certificate")),
    };
    let chain = read_chain(certificate)?;
    let key_der = PrivateKeyDer::from_pem_file(key).map_err(|error| bad("private key", key, &error))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::new(Exit::Unexpected, format!("TLS is not available: {error}")))?
        .with_no_client_auth()
        .with_single_cert(chain, key_der)
        .map_err(|error| bad("certificate", certificate, &error))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let chain: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| bad("certificate", path, &error))?;
    if chain.is_empty() {
        return Err(bad("certificate", path, &"no CERTIFICATE block in it"));
    }
    Ok(chain)
}

fn bad(what: &str, path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::new(Exit::Certificate, format!("TLS {what} {} cannot be used: {reason}", path.display()))
}
