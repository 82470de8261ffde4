//! `domain` has no clock, no chance, no input or output and no async: those come in as arguments.

use super::Finding;
use super::rust_text::{RustText, line_of};
use super::tree::Tree;

const IMPURE: [&str; 15] = [
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Zoned::now",
    "Timestamp::now",
    "rand::",
    "getrandom",
    "thread_rng",
    "async fn",
    ".await",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust_below(&["crates/domain/src/"]) {
        let code = RustText::of(source).code;
        for word in IMPURE {
            for (at, _) in code.match_indices(word) {
                findings.push(Finding::new(path, line_of(source, at), format!("domain is pure: no `{word}` here")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(source: &str) -> usize {
        check(&Tree::from([("crates/domain/src/a.rs", source)])).len()
    }

    #[test]
    fn a_clock_in_domain_is_caught() {
        assert_eq!(findings("let now = std::time::SystemTime::now();"), 1);
        assert_eq!(findings("let now = Instant::now();"), 1);
    }

    #[test]
    fn chance_files_and_async_in_domain_are_caught() {
        assert_eq!(findings("let x: u8 = rand::random();"), 1);
        assert_eq!(findings("async fn f() { g().await }"), 2);
        assert_eq!(findings("let x = std::fs::read(path);"), 1);
    }

    #[test]
    fn a_comment_about_time_and_time_as_an_argument_are_fine() {
        assert_eq!(findings("/// Unlike SystemTime, `now_ms` is given.\nfn f(now_ms: i64) {}"), 0);
    }
}
