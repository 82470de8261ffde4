//! What has to be done when these files changed.

/// The parts of the build that a change touches.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) styles: bool,
    pub(crate) public: bool,
    /// What is compiled for the browser.
    pub(crate) browser: bool,
    pub(crate) server: bool,
}

/// Rooms whose code may be in the wasm as well as in the server.
const SHARED: [&str; 4] = ["app/", "crates/contract/", "crates/domain/", "Cargo."];

impl Work {
    pub(crate) fn for_paths(paths: &[String]) -> Self {
        paths.iter().fold(Self::default(), |work, path| work.and(Self::for_path(path)))
    }

    fn for_path(path: &str) -> Self {
        let starts = |folder: &&str| path.starts_with(*folder);
        if path.starts_with("style/") {
            Self { styles: true, ..Self::default() }
        } else if path.starts_with("public/") {
            Self { public: true, ..Self::default() }
        } else if path.starts_with("frontend/") {
            Self { browser: true, ..Self::default() }
        } else if SHARED.iter().any(starts) {
            Self { browser: true, server: true, ..Self::default() }
        } else {
            Self { server: true, ..Self::default() }
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            styles: self.styles || other.styles,
            public: self.public || other.public,
            browser: self.browser || other.browser,
            server: self.server || other.server,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(paths: &[&str]) -> Work {
        Work::for_paths(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_style_sheet_rebuilds_nothing_else() {
        assert_eq!(work(&["style/tokens.css"]), Work { styles: true, ..Work::default() });
    }

    #[test]
    fn sql_and_guides_concern_the_server_alone() {
        for path in
            ["crates/storage/src/db.rs", "migrations/sqlite/1.sql", "docs/guides/en/concepts.md", "server/src/main.rs"]
        {
            assert_eq!(work(&[path]), Work { server: true, ..Work::default() }, "{path}");
        }
    }

    #[test]
    fn a_page_concerns_browser_and_server_and_changes_add_up() {
        let both = Work { browser: true, server: true, ..Work::default() };
        assert_eq!(work(&["app/src/shell.rs"]), both);
        assert_eq!(work(&["app/src/shell.rs", "style/a.css"]), Work { styles: true, ..both });
    }
}
