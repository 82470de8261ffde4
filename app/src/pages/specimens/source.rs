//! Source text.

use super::Specimen;
use crate::components::{CodeBlock, CodeSample, CodeTabs, JsonView};
use leptos::prelude::*;

pub(super) fn specimens() -> Vec<Specimen> {
    let samples = vec![
        CodeSample::new("bash", "# Ask for a token\ncurl -u \"$API_KEY:$API_SECRET\" https://pay.example/oauth/token"),
        CodeSample::new("python", "import json\nprint(json.dumps({\"amount\": \"100.00\"}))"),
        CodeSample::new("rust", "fn main() {\n    println!(\"{}\", 100);\n}"),
    ];
    let json = r#"{"id":"pay_01kdxv3k8s","amount":"100.00","captured":true,"refunds":[]}"#;
    vec![
        ("code_block", view! { <CodeBlock sample=CodeSample::new("http", "POST /v1/payments HTTP/1.1\nIdempotency-Key: 8e03978e") /> }.into_any()),
        ("tabs", view! { <CodeTabs name="specimen" samples=samples /> }.into_any()),
        ("json_view", view! { <JsonView json=json /> }.into_any()),
    ]
}
