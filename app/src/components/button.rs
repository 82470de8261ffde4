//! Buttons that submit, and links that look like them.

use leptos::prelude::*;

/// How much weight a button has on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    #[default]
    Plain,
    /// At most one per view.
    Primary,
    /// Destroys something.
    Danger,
    Quiet,
    Small,
    PrimaryLarge,
    PlainLarge,
    PrimaryWide,
}

impl ButtonKind {
    /// Every kind, for the page that shows them all.
    pub(crate) const ALL: [Self; 8] = [
        Self::Plain,
        Self::Primary,
        Self::Danger,
        Self::Quiet,
        Self::Small,
        Self::PrimaryLarge,
        Self::PlainLarge,
        Self::PrimaryWide,
    ];

    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button-primary",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
            Self::Small => "button button-small",
            Self::PrimaryLarge => "button button-primary button-large",
            Self::PlainLarge => "button button-large",
            Self::PrimaryWide => "button button-primary button-wide",
        }
    }
}

/// Submits the form it stands in; with a name it also says which button was used.
#[component]
pub(crate) fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] disabled: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=kind.class() name=name value=value disabled=disabled>
            {children()}
        </button>
    }
    .into_any()
}

/// A link to another page with the weight of a button.
#[component]
pub(crate) fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {children()}
        </a>
    }
    .into_any()
}
