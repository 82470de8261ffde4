//! Which compressed variants a client understands (RFC 9110, 12.5.3).

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A compressed variant that the build makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// What the variant's name ends with.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Its name in headers.
    pub(super) const fn token(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The variants that the client takes, the smaller first. Weights only tell yes from no: who takes
/// both is served best by the smaller one.
pub(super) fn accepted(headers: &HeaderMap) -> impl Iterator<Item = Encoding> {
    let takes = |wanted: Encoding| {
        let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).any(|one| takes(one, wanted.token()))
    };
    [Encoding::Brotli, Encoding::Gzip].into_iter().filter(move |encoding| takes(*encoding))
}

fn takes(entry: &str, token: &str) -> bool {
    let mut parts = entry.split(';').map(str::trim);
    let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(token));
    let refused = parts.any(|part| {
        part.strip_prefix("q=").is_some_and(|weight| weight.bytes().all(|byte| matches!(byte, b'0' | b'.')))
    });
    named && !refused
}

#[cfg(test)]
mod tests {
    use super::{Encoding, accepted};
    use http::header::ACCEPT_ENCODING;
    use http::{HeaderMap, HeaderValue};

    fn variants(header: &'static str) -> Vec<Encoding> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(header));
        accepted(&headers).collect()
    }

    #[test]
    fn the_smaller_variant_comes_first() {
        assert_eq!(variants("gzip, deflate, br"), [Encoding::Brotli, Encoding::Gzip]);
        assert_eq!(variants("GZIP;q=0.5"), [Encoding::Gzip]);
    }

    #[test]
    fn what_is_refused_is_not_sent() {
        assert_eq!(variants("br;q=0, gzip;q=0.001"), [Encoding::Gzip]);
        assert_eq!(variants("br; q=0.000"), []);
        assert_eq!(variants("identity"), []);
        assert_eq!(variants(""), []);
    }
}
