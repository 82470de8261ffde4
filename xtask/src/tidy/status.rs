//! HTTP status codes are the server's business, and the portal's while it renders.

use super::Finding;
use super::rust_text::{RustText, line_of};
use super::tree::Tree;

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust_below(&["crates/", "frontend/"]) {
        for (at, _) in RustText::of(source).code.match_indices("StatusCode") {
            findings.push(Finding::new(path, line_of(source, at), "an HTTP status code outside server and app"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_code_in_service_is_caught_and_in_server_is_not() {
        let source = "fn f() -> http::StatusCode { http::StatusCode::OK }";
        assert_eq!(check(&Tree::from([("crates/service/src/a.rs", source)])).len(), 2);
        assert_eq!(check(&Tree::from([("server/src/a.rs", source)])), []);
    }
}
