//! Networks in CIDR notation and the question whether an address lies in one. Owns how they are
//! written and read; asks nobody for an address.

use core::net::IpAddr;
use std::fmt;
use std::str::FromStr;

/// How many networks a list may have.
pub const NETWORKS_MAX: usize = 20;

/// A range of addresses such as `10.0.0.0/8`; a bare address is a range of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    prefix_bits: u8,
}

impl Network {
    /// Whether the address lies in this network. An IPv4 address that came mapped into IPv6 counts
    /// as the IPv4 address it is.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = mask_of(self.prefix_bits, 32);
                u128::from(own.to_bits()) & mask == u128::from(other.to_bits()) & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = mask_of(self.prefix_bits, 128);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// How many bits of an address that is mapped into IPv6 are the same for all of them.
const MAPPED_PREFIX_BITS: u8 = 96;

fn mask_of(prefix_bits: u8, width_bits: u32) -> u128 {
    let ones = u128::MAX >> (128 - width_bits);
    ones & !ones.checked_shr(u32::from(prefix_bits)).unwrap_or(0)
}

/// The text is no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a network such as 10.0.0.0/8 or an address")]
pub struct InvalidNetwork;

impl FromStr for Network {
    type Err = InvalidNetwork;

    /// Bits behind the prefix do not count: `10.1.2.3/8` is the network `10.0.0.0/8`. An IPv4 network
    /// mapped into IPv6 is the IPv4 network that it carries.
    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(|_| InvalidNetwork)?;
        let width_bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix_bits: u8 = match prefix.map(str::trim) {
            // The number's own reader would take a sign.
            Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => {
                prefix.parse().map_err(|_| InvalidNetwork)?
            }
            Some(_) => return Err(InvalidNetwork),
            None => width_bits,
        };
        if prefix_bits > width_bits {
            return Err(InvalidNetwork);
        }
        Ok(Self::masked(address, prefix_bits))
    }
}

impl Network {
    fn masked(address: IpAddr, prefix_bits: u8) -> Self {
        match (address, address.to_canonical()) {
            (IpAddr::V6(_), IpAddr::V4(carried)) if prefix_bits >= MAPPED_PREFIX_BITS => {
                Self::masked(IpAddr::V4(carried), prefix_bits - MAPPED_PREFIX_BITS)
            }
            (IpAddr::V6(address), _) => {
                let masked = address.to_bits() & mask_of(prefix_bits, 128);
                Self { address: IpAddr::V6(masked.into()), prefix_bits }
            }
            (IpAddr::V4(address), _) => {
                let masked = u128::from(address.to_bits()) & mask_of(prefix_bits, 32);
                let masked = u32::try_from(masked).unwrap_or_default();
                Self { address: IpAddr::V4(masked.into()), prefix_bits }
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.address, self.prefix_bits)
    }
}

/// The networks that calls may come from. A list without any allows every address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedNetworks(Vec<Network>);

/// Why a text is not a list of networks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNetworks {
    /// A line is no network.
    #[error("{line:?} is no network")]
    Line {
        /// The line as it was typed.
        line: String,
    },
    /// There are more than [`NETWORKS_MAX`].
    #[error("more than {NETWORKS_MAX} networks")]
    TooMany,
}

impl AllowedNetworks {
    /// Whether every address is allowed.
    #[must_use]
    pub const fn is_everywhere(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether calls from the address are allowed. One that is not known lies in no network.
    #[must_use]
    pub fn allow(&self, address: Option<IpAddr>) -> bool {
        self.is_everywhere() || address.is_some_and(|address| self.0.iter().any(|network| network.contains(address)))
    }

    /// The networks, in the order of the list.
    #[must_use]
    pub fn as_slice(&self) -> &[Network] {
        &self.0
    }
}

impl FromStr for AllowedNetworks {
    type Err = InvalidNetworks;

    /// Reads one network per line. Empty lines and repetitions do not count.
    fn from_str(text: &str) -> Result<Self, InvalidNetworks> {
        let mut networks = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let network: Network = line.parse().map_err(|_| InvalidNetworks::Line { line: line.to_owned() })?;
            if networks.contains(&network) {
                continue;
            }
            if networks.len() == NETWORKS_MAX {
                return Err(InvalidNetworks::TooMany);
            }
            networks.push(network);
        }
        Ok(Self(networks))
    }
}

impl fmt::Display for AllowedNetworks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, network) in self.0.iter().enumerate() {
            if position > 0 {
                out.write_str("\n")?;
            }
            write!(out, "{network}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{AllowedNetworks, InvalidNetworks, NETWORKS_MAX, Network};

    fn contains(network: &str, address: &str) -> bool {
        let network: Network = network.parse().unwrap();
        network.contains(address.parse().unwrap())
    }

    #[test]
    fn membership_follows_the_prefix() {
        assert!(contains("10.0.0.0/8", "10.255.0.1"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("192.0.2.7", "192.0.2.7"));
        assert!(!contains("192.0.2.7", "192.0.2.8"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(contains("2001:db8::/32", "2001:db8:1::1"));
        assert!(!contains("2001:db8::/32", "2001:db9::1"));
    }

    #[test]
    fn a_mapped_address_is_the_ipv4_address_it_carries() {
        assert!(contains("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(!contains("::/0", "127.0.0.1"));
    }

    #[test]
    fn malformed_networks_are_refused() {
        for text in
            ["", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "example.com", "10.0.0.0/8/8"]
        {
            assert!(text.parse::<Network>().is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn a_network_is_written_in_one_way() {
        for (typed, written) in [
            ("10.1.2.3/8", "10.0.0.0/8"),
            ("192.0.2.7", "192.0.2.7/32"),
            ("2001:DB8::1/32", "2001:db8::/32"),
            ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(typed.parse::<Network>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn an_unknown_address_passes_only_where_everywhere_is_allowed() {
        let none = AllowedNetworks::default();
        assert!(none.allow(None) && none.allow(Some("192.0.2.1".parse().unwrap())));
        let some: AllowedNetworks = "192.0.2.0/24\n2001:db8::/32".parse().unwrap();
        assert!(some.allow(Some("192.0.2.1".parse().unwrap())));
        assert!(some.allow(Some("2001:db8::1".parse().unwrap())));
        assert!(!some.allow(Some("192.0.3.1".parse().unwrap())));
        assert!(!some.allow(None));
    }

    #[test]
    fn a_list_is_read_line_by_line_and_read_back() {
        let list: AllowedNetworks = "\r\n 10.0.0.1/8 \r\n10.0.0.0/8\n\n192.0.2.1".parse().unwrap();
        assert_eq!(list.to_string(), "10.0.0.0/8\n192.0.2.1/32");
        assert_eq!(list.to_string().parse(), Ok(list));
        let refusal = "10.0.0.0/8\nnowhere".parse::<AllowedNetworks>();
        assert_eq!(refusal, Err(InvalidNetworks::Line { line: "nowhere".to_owned() }));
        let long: Vec<String> = (0..=NETWORKS_MAX).map(|number| format!("192.0.2.{number}")).collect();
        assert_eq!(long.join("\n").parse::<AllowedNetworks>(), Err(InvalidNetworks::TooMany));
    }
}
