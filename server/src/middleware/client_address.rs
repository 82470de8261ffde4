//! Who is asking, as an address: the peer, or whom a trusted proxy says it speaks for.

use std::net::IpAddr;

use axum::extract::Request;
use http::HeaderMap;

use crate::listen::PeerAddress;
use tallyport_domain::network::Network;

/// The client's address, in each request's extensions. Throttling and audit use this, never the
/// header itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Finds the client's address. There is none only where a request did not come over a socket.
pub(super) fn find(request: &Request, trusted: &[Network]) -> Option<ClientAddress> {
    let PeerAddress(peer) = request.extensions().get()?;
    Some(ClientAddress(behind(peer.ip(), request.headers(), trusted)))
}

/// Walks `X-Forwarded-For` from its end, where the nearest proxy wrote, as long as whoever wrote an
/// entry is trusted. Everything before was written by strangers.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let mut client = peer.to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().map(|line| line.to_str().unwrap_or_default()).collect();
    for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(client) {
            break;
        }
        match entry.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::behind;
    use http::{HeaderMap, HeaderValue};
    use tallyport_domain::network::Network;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn without_trusted_proxies_the_header_means_nothing() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_is_believed() {
        assert_eq!(client("10.0.0.1", &["198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
    }

    #[test]
    fn what_a_client_wrote_itself_is_not_believed() {
        let forged = &["1.2.3.4, 198.51.100.1"];
        assert_eq!(client("10.0.0.1", forged, &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["1.2.3.4", "198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed() {
        let chain = &["198.51.100.1, 10.0.0.2"];
        assert_eq!(client("10.0.0.1", chain, &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(client("::ffff:10.0.0.1", chain, &["10.0.0.0/8"]), "198.51.100.1");
    }

    #[test]
    fn nonsense_ends_the_walk() {
        assert_eq!(client("10.0.0.1", &["198.51.100.1, unknown"], &["10.0.0.0/8"]), "10.0.0.1");
    }
}
