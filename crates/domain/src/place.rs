//! What can be said about where somebody is from their address alone. There is no map of addresses
//! here: the kind of network and the address itself have to do.

// The type alone: `core` has no sockets.
use core::net::IpAddr;

/// What kind of network an address belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The machine that the platform runs on.
    ThisMachine,
    /// A network that the internet cannot see.
    PrivateNetwork,
    /// The internet.
    Internet,
}

impl Place {
    /// The kind of network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        let address = address.to_canonical();
        if address.is_loopback() {
            return Self::ThisMachine;
        }
        let is_private = match address {
            // RFC 1918, RFC 3927 and RFC 6598.
            IpAddr::V4(address) => {
                let [a, b, ..] = address.octets();
                address.is_private() || address.is_link_local() || (a == 100 && (64..128).contains(&b))
            }
            IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
        };
        if is_private { Self::PrivateNetwork } else { Self::Internet }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn addresses_are_told_apart() {
        for (text, place) in [
            ("127.0.0.1", Place::ThisMachine),
            ("::1", Place::ThisMachine),
            ("::ffff:127.0.0.1", Place::ThisMachine),
            ("10.1.2.3", Place::PrivateNetwork),
            ("172.16.0.1", Place::PrivateNetwork),
            ("172.32.0.1", Place::Internet),
            ("100.64.0.1", Place::PrivateNetwork),
            ("fd00::1", Place::PrivateNetwork),
            ("fe80::1", Place::PrivateNetwork),
            ("203.0.113.9", Place::Internet),
            ("2001:db8::1", Place::Internet),
        ] {
            assert_eq!(Place::of(text.parse().unwrap()), place, "{text}");
        }
    }
}
