//! A small set of line icons, drawn here and inlined, so that no request is spent on them.

use leptos::prelude::*;

/// An icon by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IconName {
    Alert,
    Application,
    Book,
    Check,
    ChevronDown,
    Close,
    Copy,
    Download,
    Globe,
    Info,
    Key,
    Ledger,
    Menu,
    Payment,
    Repeat,
    Shield,
    Sun,
    User,
}

impl IconName {
    /// Every icon, for the page that shows them all.
    pub(crate) const ALL: [Self; 18] = [
        Self::Alert,
        Self::Application,
        Self::Book,
        Self::Check,
        Self::ChevronDown,
        Self::Close,
        Self::Copy,
        Self::Download,
        Self::Globe,
        Self::Info,
        Self::Key,
        Self::Ledger,
        Self::Menu,
        Self::Payment,
        Self::Repeat,
        Self::Shield,
        Self::Sun,
        Self::User,
    ];

    /// The shapes on a 16 by 16 grid.
    const fn shapes(self) -> &'static str {
        match self {
            Self::Alert => r#"<path d="M8 2.2 14.2 13H1.8Z"/><path d="M8 6.4v3M8 11.2v.1"/>"#,
            Self::Application => r#"<rect x="2" y="2.5" width="12" height="11" rx="2"/><path d="M2 6h12M4.5 4.3v0"/>"#,
            Self::Book => {
                r#"<path d="M8 4C6.5 2.8 4.3 2.5 2 2.7v9.6c2.3-.2 4.5.1 6 1.3 1.5-1.2 3.7-1.5 6-1.3V2.7C11.7 2.5 9.5 2.8 8 4ZM8 4v9.6"/>"#
            }
            Self::Check => r#"<path d="m3 8.5 3.2 3.2L13 4.8"/>"#,
            Self::ChevronDown => r#"<path d="m4 6.2 4 4 4-4"/>"#,
            Self::Close => r#"<path d="m4 4 8 8M12 4l-8 8"/>"#,
            Self::Copy => r#"<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 3V2.5h-8v8H3"/>"#,
            Self::Download => r#"<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11"/>"#,
            Self::Globe => {
                r#"<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14c-2-2-2.5-4-2.5-6S6 4 8 2Z"/>"#
            }
            Self::Info => r#"<circle cx="8" cy="8" r="6"/><path d="M8 7.4v3.4M8 5.2v.1"/>"#,
            Self::Key => r#"<circle cx="5" cy="11" r="2.7"/><path d="m7 9 6-6M10.5 5.5l2 2M12 4l1.5 1.5"/>"#,
            Self::Ledger => {
                r#"<rect x="2.5" y="2" width="11" height="12" rx="1.5"/><path d="M8 2v12M4.5 5.5h1.5M4.5 8h1.5M10 5.5h1.5M10 8h1.5M10 10.5h1.5"/>"#
            }
            Self::Menu => r#"<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>"#,
            Self::Payment => {
                r#"<rect x="1.5" y="3.5" width="13" height="9" rx="1.5"/><path d="M1.5 6.5h13M4 10h2.5"/>"#
            }
            Self::Repeat => {
                r#"<path d="M13.5 5.5h-8a3 3 0 0 0 0 6h1M11 3l2.5 2.5L11 8M2.5 8.5v0"/><path d="M9.5 11.5h1a3 3 0 0 0 2.8-2"/>"#
            }
            Self::Shield => {
                r#"<path d="M8 1.8 13 3.5V8c0 3-2 5-5 6.2C5 13 3 11 3 8V3.5Z"/><path d="m5.8 8 1.6 1.6 2.9-3"/>"#
            }
            Self::Sun => {
                r#"<circle cx="8" cy="8" r="2.7"/><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1"/>"#
            }
            Self::User => {
                r#"<circle cx="8" cy="5.5" r="2.8"/><path d="M2.8 13.8c.6-2.8 2.6-4.3 5.2-4.3s4.6 1.5 5.2 4.3"/>"#
            }
        }
    }
}

/// An icon beside a text that says the same, hence hidden from screen readers.
#[component]
pub(crate) fn Icon(name: IconName, #[prop(optional)] large: bool) -> impl IntoView {
    let class = if large { "icon icon-large" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true" inner_html=name.shapes()></svg>
    }
    .into_any()
}
