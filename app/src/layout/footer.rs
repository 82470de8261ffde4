//! The foot of public pages.

use crate::visit::texts;
use leptos::prelude::*;

/// What the product is, and the documents that machines read.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let texts = &texts().chrome;
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
                    </ul>
                </nav>
            </div>
        </footer>
    }
    .into_any()
}
