//! Source text with its colours and a way to copy it.

use super::icon::{Icon, IconName};
use crate::{guides::highlight::highlighted_html, islands::CopyButton, visit::texts};
use leptos::prelude::*;

/// A piece of source text and the name its language goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CodeSample {
    pub(crate) language: String,
    pub(crate) text: String,
}

impl CodeSample {
    pub(crate) fn new(language: impl Into<String>, text: impl Into<String>) -> Self {
        Self { language: language.into(), text: text.into() }
    }

    /// The language's name as a reader knows it.
    pub(crate) fn language_name(&self) -> &str {
        match self.language.as_str() {
            "bash" => "curl",
            "sh" => "Shell",
            "python" => "Python",
            "typescript" => "TypeScript",
            "rust" => "Rust",
            "java" => "Java",
            "go" => "Go",
            "json" => "JSON",
            "http" => "HTTP",
            "text" => "Text",
            other => other,
        }
    }
}

/// One sample; `bare` leaves the name to the tabs that hold it.
#[component]
pub(crate) fn CodeBlock(sample: CodeSample, #[prop(optional)] bare: bool) -> impl IntoView {
    let name = sample.language_name().to_owned();
    let label = name.clone();
    let head = if bare { "code-block-head code-block-head-bare" } else { "code-block-head" };
    let html = highlighted_html(&sample.language, &sample.text);
    view! {
        <div class="code-block" data-copy-scope="">
            <div class=head>
                <span>{(!bare).then_some(name)}</span>
                <CopyTextButton />
            </div>
            // A text that scrolls must be reachable by keyboard to be scrolled.
            <pre class="code-block-text" tabindex="0" role="group" aria-label=label>
                <code class="code-block-code" data-copy-source="" inner_html=html></code>
            </pre>
        </div>
    }
    .into_any()
}

/// The copy button with its labels in the reader's language; the compact one shows icons only.
#[component]
pub(crate) fn CopyTextButton(#[prop(optional)] compact: bool) -> impl IntoView {
    let texts = &texts().components;
    let label = if compact { "visually-hidden" } else { "copy-button-label" };
    view! {
        <CopyButton>
            <span class="copy-button-idle">
                <Icon name=IconName::Copy />
                <span class=label>{texts.copy}</span>
            </span>
            <span class="copy-button-done" role="status">
                <Icon name=IconName::Check />
                <span class=label>{texts.copied}</span>
            </span>
        </CopyButton>
    }
    .into_any()
}
