//! Settings of the listeners: addresses, the public address, TLS and trusted proxies.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use crate::settings::public_url::PublicUrl;
use tallyport_domain::network::Network;

/// Addresses, TLS and proxies.
#[derive(Args, Debug)]
#[command(next_help_heading = "HTTP")]
pub struct HttpSettings {
    /// Address that portal and API listen on; port 0 takes any free port.
    #[arg(long, env = "TALLYPORT_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:3000", value_parser = address)]
    pub listen: SocketAddr,

    /// Origin that browsers and partners use, such as https://pay.example.com [default: the listening address]
    #[arg(long, env = "TALLYPORT_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,

    /// Address of the admin listener (/metrics, /healthz, /readyz), or `off`.
    #[arg(long, env = "TALLYPORT_METRICS_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:9464")]
    pub metrics_listen: MetricsListen,

    /// TLS certificate chain in PEM; together with tls-key, Tallyport speaks HTTPS itself.
    #[arg(long, env = "TALLYPORT_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,

    /// Private key of the TLS certificate, in PEM.
    #[arg(long, env = "TALLYPORT_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// Networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8,::1
    #[arg(long, env = "TALLYPORT_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',')]
    pub trusted_proxies: Vec<Network>,
}

/// Where the admin listener is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricsListen {
    /// There is none.
    Off,
    /// It listens here.
    At(SocketAddr),
}

impl FromStr for MetricsListen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self::Off);
        }
        address(text).map(Self::At)
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "expected an IP address and a port, such as 127.0.0.1:3000 or [::]:3000".to_owned())
}
