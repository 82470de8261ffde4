//! The HTML document around every page.

use crate::{
    i18n::Texts,
    pages::failure::Failure,
    routes::Portal,
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use tallyport_contract::language::Language;

/// The names of the files that this build made for the browser.
#[derive(Clone, Debug)]
pub struct SiteFiles {
    /// `/pkg/<stem>.js` and `/pkg/<stem>_bg.wasm` hydrate the islands.
    pub stem: String,
    /// The style sheet's path below the root, without a leading slash.
    pub stylesheet: String,
}

/// What stands before the hydration scripts. A page without islands does not need them, but that is
/// known only once it is rendered: the server then cuts out everything from this mark to
/// [`HYDRATION_END`].
pub const HYDRATION_START: &str = r#"<meta name="hydration" content="start">"#;

/// What stands behind the hydration scripts.
pub const HYDRATION_END: &str = r#"<meta name="hydration" content="end">"#;

/// A page of the portal, chosen by the address.
pub fn portal_document(files: &SiteFiles) -> impl IntoView + use<> {
    document(files, Box::new(|| view! { <Portal /> }.into_any()))
}

/// The page for a request that ended with this status before or after a page could answer.
pub fn failure_document(files: &SiteFiles, status: u16) -> impl IntoView + use<> {
    document(files, Box::new(move || view! { <Failure status=status /> }.into_any()))
}

fn document(files: &SiteFiles, body: Box<dyn FnOnce() -> AnyView>) -> impl IntoView + use<> {
    provide_meta_context();
    let visit = visit();
    let options = LeptosOptions::builder().output_name(files.stem.as_str()).build();
    let alternates = Language::ALL
        .map(|language| {
            let href = absolute(&visit.public_url, visit.path.with_lang(language.tag()).as_str());
            view! { <link rel="alternate" hreflang=language.tag() href=href /> }
        })
        .collect_view();
    let unspecified = absolute(&visit.public_url, visit.path.without_lang().as_str());
    view! {
        <!DOCTYPE html>
        <html lang=visit.language.tag() data-theme=visit.theme.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=format!("/{}", files.stylesheet) />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {alternates}
                <link rel="alternate" hreflang="x-default" href=unspecified />
                <AutoReload options=options.clone() />
                <meta name="hydration" content="start" />
                <HydrationScripts options=options islands=true />
                <meta name="hydration" content="end" />
                <MetaTags />
            </head>
            <body>{body()}</body>
        </html>
    }
}

/// The title of the current page, with the product's name behind it.
#[component]
pub(crate) fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    view! { <Title text=format!("{} · Tallyport", escaped(&text)) /> }
}

/// `leptos_meta` writes a title as it is, and titles hold names that people chose.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn absolute(origin: &str, path: &str) -> String {
    format!("{origin}{path}")
}

/// The skip link, which is the first thing that the tab key reaches.
#[component]
pub(crate) fn SkipLink() -> impl IntoView {
    let texts: &Texts = texts();
    view! {
        <a class="skip-link" href="#main">
            {texts.chrome.skip_to_content}
        </a>
    }
}
