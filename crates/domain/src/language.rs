//! The two languages that Tallyport speaks.

use crate::UnknownText;

/// A language that Tallyport speaks; both are equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The tag as it stands in `<html lang>` and in cookies.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The language of a tag such as `zh`, `zh-CN` or `en-GB`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The language that an `Accept-Language` header prefers among ours (RFC 9110, 12.5.4).
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let Some(language) = parts.next().and_then(Self::of_tag) else { continue };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1000), per_mille).unwrap_or(0);
            if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

impl std::str::FromStr for Language {
    type Err = UnknownText;

    /// Reads a tag as [`Language::tag`] writes it.
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let known = Self::ALL.into_iter().find(|language| language.tag() == text);
        known.ok_or(UnknownText { kind: "Language" })
    }
}

/// A weight such as `0.8`, in thousandths.
fn per_mille(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole {
        "1" => Some(1000),
        "0" => format!("{fraction:0<3}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_is_accepted() {
        assert_eq!(Language::accepted("zh-CN,zh;q=0.9,en;q=0.8"), Some(Language::Zh));
        assert_eq!(Language::accepted("fr, en;q=0.2, zh;q=0.3"), Some(Language::Zh));
        assert_eq!(Language::accepted("de, en;q=0.1"), Some(Language::En));
        assert_eq!(Language::accepted("zh;q=0, en"), Some(Language::En));
        assert_eq!(Language::accepted("fr"), None);
        assert_eq!(Language::accepted(";;;q=x,,"), None);
    }
}
