//! A JSON text as it travelled, coloured and copyable.

use super::code_block::{CodeBlock, CodeSample};
use leptos::prelude::*;

/// Shows JSON indented; what does not parse is shown as it is, for that is when people look closest.
#[component]
pub(crate) fn JsonView(#[prop(into)] json: String) -> impl IntoView {
    view! { <CodeBlock sample=CodeSample::new("json", indented(&json)) /> }.into_any()
}

fn indented(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn json_is_indented_in_its_own_order() {
        assert_eq!(indented(r#"{"b":1,"a":"2"}"#), "{\n  \"b\": 1,\n  \"a\": \"2\"\n}");
    }

    #[test]
    fn what_does_not_parse_stays_as_it_is() {
        assert_eq!(indented("{broken"), "{broken");
    }
}
