//! Which of the two languages a request is answered in.

use crate::i18n::{EN, Texts, ZH};
use tallyport_contract::language::Language;

/// Chooses by `?lang=`, then the `lang` cookie, then `Accept-Language`, then English.
#[must_use]
pub fn choose_language(query: Option<&str>, cookie: Option<&str>, accept_language: Option<&str>) -> Language {
    query
        .and_then(language_of_code)
        .or_else(|| cookie.and_then(language_of_code))
        .or_else(|| accept_language.and_then(Language::accepted))
        .unwrap_or_default()
}

/// Reads a code that we wrote ourselves, in a cookie, a form or a query.
pub(crate) fn language_of_code(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.tag() == code)
}

/// The language's name in the language itself.
pub(crate) const fn native_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Zh => "简体中文",
    }
}

/// Every text of the portal in one language.
pub(crate) const fn texts_in(language: Language) -> &'static Texts {
    match language {
        Language::En => &EN,
        Language::Zh => &ZH,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, choose_language};

    #[test]
    fn query_beats_cookie_beats_header() {
        assert_eq!(choose_language(Some("zh"), Some("en"), Some("en")), Language::Zh);
        assert_eq!(choose_language(None, Some("zh"), Some("en")), Language::Zh);
        assert_eq!(choose_language(None, None, Some("zh-CN")), Language::Zh);
        assert_eq!(choose_language(None, None, None), Language::En);
    }

    #[test]
    fn unknown_codes_fall_through_to_the_next_source() {
        assert_eq!(choose_language(Some("xx"), Some("<script>"), Some("zh-CN")), Language::Zh);
    }
}
