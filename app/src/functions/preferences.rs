//! The language and theme switches.

use crate::{forms::AnswerParts, language::language_of_code, site_path::SitePath, theme::Theme, visit::visit};
use http::{HeaderValue, header};
use leptos::prelude::*;

/// Where the forms of both switches post to.
pub(crate) const PREFERENCES_PATH: &str = "/ui/preferences";

/// A year; the choice is renewed whenever it is made.
const PREFERENCE_SECONDS: u32 = 31_536_000;

/// Remembers a language or a theme in a cookie and returns to the page that asked.
#[server(prefix = "/ui", endpoint = "preferences")]
pub(crate) async fn preferences(
    #[server(default)] lang: String,
    #[server(default)] theme: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let answer = AnswerParts::current();
    let secure = visit().public_url.starts_with("https://");
    if let Some(language) = language_of_code(&lang) {
        answer.add_header(header::SET_COOKIE, cookie("lang", language.tag(), secure));
    }
    if let Some(theme) = Theme::from_code(&theme) {
        answer.add_header(header::SET_COOKIE, cookie("theme", theme.code(), secure));
    }
    let back = SitePath::parse(&back).unwrap_or_default();
    answer.see_other(&back.without_lang());
    Ok(())
}

fn cookie(name: &'static str, code: &'static str, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={code}; Path=/; Max-Age={PREFERENCE_SECONDS}; HttpOnly; SameSite=Lax{secure}");
    // Names and codes are constants of this crate, so the text is always a header value.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::cookie;

    #[test]
    fn cookie_is_kept_from_scripts_and_is_secure_under_tls() {
        let plain = cookie("lang", "zh", false);
        assert_eq!(plain, "lang=zh; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        assert!(cookie("lang", "zh", true).to_str().is_ok_and(|text| text.ends_with("; Secure")));
    }
}
