//! The page a browser sees when a request failed before or outside of the portal. It must stand on
//! its own: whatever renders the portal's pages may be what failed.

use tallyport_contract::{Language, Problem};

/// Renders the page. Every text comes from the table of error codes or is an id of ours, and none
/// of them holds a character that HTML minds; they are escaped nevertheless.
pub(super) fn html(problem: &Problem, language: Language) -> String {
    let (home, request) = match language {
        Language::En => ("Back to the start", "Request"),
        Language::Zh => ("返回首页", "请求编号"),
    };
    let lang = match language {
        Language::En => "en",
        Language::Zh => "zh-CN",
    };
    let [title, hint, id] = [&problem.title, &problem.hint, &problem.request_id].map(|text| escape(text));
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head><body><main><h1>{title}</h1><p>{hint}</p>\
         <p>{request}: <code>{id}</code></p><p><a href=\"/\">{home}</a></p></main></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
