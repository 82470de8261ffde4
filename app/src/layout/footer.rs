//! The foot of public pages.

use crate::visit::{texts, visit};
use leptos::prelude::*;
use tallyport_domain::settings::{HttpsLink, Setting};

/// What the product is, the documents that machines read, and where administrators say that help, terms
/// and privacy are.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let texts = &texts().chrome;
    let links = own_links();
    view! {
        <footer class="footer">
            <div class="footer-inner">
                <span>"Tallyport · " {texts.tagline}</span>
                <nav aria-label=texts.footer_links>
                    <ul class="footer-links">
                        <li>
                            <a class="footer-link" href="/docs">{texts.docs}</a>
                        </li>
                        <li>
                            <a class="footer-link" href="/openapi.json">{texts.openapi}</a>
                        </li>
                        {links}
                    </ul>
                </nav>
            </div>
        </footer>
    }
    .into_any()
}

fn own_links() -> Vec<AnyView> {
    let visit = visit();
    let settings = &visit.settings;
    let links: [(Setting, &Option<HttpsLink>); 3] = [
        (Setting::SupportLink, &settings.support_link),
        (Setting::TermsLink, &settings.terms_link),
        (Setting::PrivacyLink, &settings.privacy_link),
    ];
    let set = links.into_iter().filter_map(|(setting, link)| Some((setting, link.as_ref()?)));
    set.map(|(setting, link)| {
        let (href, label) = (link.as_str().to_owned(), setting.spec().label.in_language(visit.language));
        view! {
            <li>
                <a class="footer-link" href=href rel="noopener">{label}</a>
            </li>
        }
        .into_any()
    })
    .collect()
}
