//! A path of this site, safe to redirect to.

/// A path with an optional query that stays on this origin whatever a browser makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePath(String);

/// Longer than any path of the portal; a cap keeps the `Location` header bounded.
const SITE_PATH_BYTES_MAX: usize = 1024;

impl SitePath {
    /// Accepts `/docs?x=1`; refuses other origins, including `//host`, `/\host` and the forms that
    /// browsers turn into them by dropping tabs and line breaks.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('/')?;
        let stays_here = !rest.starts_with('/')
            && text.len() <= SITE_PATH_BYTES_MAX
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        stays_here.then(|| Self(text.to_owned()))
    }

    /// The path as it goes into `Location`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same page without `?lang=`, which would otherwise outrank a newly chosen language.
    #[must_use]
    pub fn without_lang(&self) -> Self {
        let Some((path, query)) = self.0.split_once('?') else { return self.clone() };
        let kept: Vec<&str> = query.split('&').filter(|pair| *pair != "lang" && !pair.starts_with("lang=")).collect();
        if kept.is_empty() {
            return Self(path.to_owned());
        }
        Self(format!("{path}?{}", kept.join("&")))
    }

    /// The same page in the named language.
    #[must_use]
    pub fn with_lang(&self, code: &str) -> Self {
        let bare = self.without_lang();
        let mark = if bare.0.contains('?') { '&' } else { '?' };
        Self(format!("{}{mark}lang={code}", bare.0))
    }
}

impl Default for SitePath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    #[test]
    fn paths_of_this_site_are_accepted() {
        for path in ["/", "/docs", "/docs/quick-start?lang=zh&a=b", "/a//b"] {
            assert!(SitePath::parse(path).is_some(), "{path}");
        }
    }

    #[test]
    fn other_origins_are_refused() {
        for path in [
            "",
            "docs",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/docs\\..\\x",
            "/docs\r\nSet-Cookie: a=b",
            "/中文",
        ] {
            assert!(SitePath::parse(path).is_none(), "{path:?}");
        }
        assert!(SitePath::parse(&format!("/{}", "a".repeat(2000))).is_none());
    }

    #[test]
    fn language_is_replaced_and_other_parameters_stay() {
        let path = SitePath::parse("/docs?lang=en&page=2").expect("a site path");
        assert_eq!(path.without_lang().as_str(), "/docs?page=2");
        assert_eq!(path.with_lang("zh").as_str(), "/docs?page=2&lang=zh");
        let bare = SitePath::parse("/docs?lang=en").expect("a site path");
        assert_eq!(bare.with_lang("zh").as_str(), "/docs?lang=zh");
    }
}
