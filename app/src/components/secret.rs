//! A secret at the one moment when it is shown.

use super::{
    code_block::CopyTextButton,
    icon::{Icon, IconName},
};
use crate::{percent_encoding::percent_encoded, visit::texts};
use leptos::prelude::*;

/// The secret, a way to copy it and one to keep it as a file. The page that shows it must be
/// answered with `Cache-Control: no-store`.
#[component]
pub(crate) fn Secret(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    /// What the downloaded file is called.
    #[prop(into)]
    file_name: String,
    /// What the downloaded file holds; without it, the secret alone.
    #[prop(optional, into)]
    file_text: Option<String>,
    /// A second file, as its name and what it holds.
    #[prop(optional)]
    json_file: Option<(String, String)>,
) -> impl IntoView {
    let texts = &texts().components;
    let file = format!("data:text/plain;charset=utf-8,{}%0A", percent_encoded(file_text.as_ref().unwrap_or(&value)));
    let json_link = json_file.clone().map(|(name, text)| {
        let file = format!("data:application/json;charset=utf-8,{}%0A", percent_encoded(&text));
        view! {
            <a class="button button-small" href=file download=name>
                <Icon name=IconName::Download />
                "JSON"
            </a>
        }
    });
    view! {
        <div class="secret" data-copy-scope="">
            <span class="secret-name">{name}</span>
            <div class="secret-line">
                <code class="secret-value" data-copy-source="">{value}</code>
                <CopyTextButton />
                <a class="button button-small" href=file download=file_name>
                    <Icon name=IconName::Download />
                    {if json_file.is_some() { ".env" } else { texts.download }}
                </a>
                {json_link}
            </div>
            <span class="secret-warning">{texts.shown_once}</span>
        </div>
    }
    .into_any()
}
