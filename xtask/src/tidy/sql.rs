//! SQL is written in `crates/storage` and `migrations/` only. Integration tests may look into the
//! database behind the back of the code they test.

use super::Finding;
use super::rust_text::{RustText, line_of};
use super::tree::Tree;

const ROOMS_WITHOUT_SQL: [&str; 8] =
    ["app/", "bench/", "frontend/", "server/", "crates/contract/", "crates/domain/", "crates/sdk/", "crates/service/"];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust_below(&ROOMS_WITHOUT_SQL).filter(|(path, _)| !path.contains("/tests/")) {
        let text = RustText::of(source);
        for literal in text.strings.iter().filter(|literal| is_sql(&literal.content)) {
            findings.push(Finding::new(path, line_of(source, literal.start), "SQL outside crates/storage"));
        }
        for (at, _) in text.code.match_indices("sqlx::") {
            findings.push(Finding::new(path, line_of(source, at), "sqlx outside crates/storage"));
        }
    }
    findings
}

/// Statements in capitals, as we write them, and the lower-case forms that no sentence takes.
fn is_sql(literal: &str) -> bool {
    let text = literal.replace("\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let pairs = [
        ("SELECT ", " FROM "),
        ("INSERT INTO ", "("),
        ("INSERT INTO ", "SELECT"),
        ("UPDATE ", " SET "),
        ("DELETE FROM ", ""),
        ("CREATE TABLE ", ""),
    ];
    let follows = |text: &str, first: &str, then: &str| {
        text.find(first).is_some_and(|at| then.is_empty() || text[at + first.len() - 1..].contains(then))
    };
    if pairs.iter().any(|(first, then)| follows(&text, first, then)) {
        return true;
    }
    let lower = text.to_lowercase();
    let quiet = [
        ("select * from ", ""),
        ("select count(", ") from "),
        ("insert into ", " values"),
        ("update ", " where "),
        ("delete from ", " where "),
    ];
    quiet.iter().any(|(first, then)| {
        lower.starts_with(first) && follows(&lower, first, then) && (*first != "update " || lower.contains(" set "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, source: &str) -> usize {
        check(&Tree::from([(path, source)])).len()
    }

    #[test]
    fn sql_outside_storage_is_caught() {
        for statement in [
            "SELECT id FROM payments",
            "SELECT id,\n  state\nFROM payments",
            "INSERT INTO payments (id) VALUES ($1)",
            "UPDATE payments SET state = $1",
            "DELETE FROM payments",
            "select * from payments",
            "update payments set state = 1 where id = 2",
        ] {
            let source = format!("const X: &str = \"{statement}\";");
            assert_eq!(findings("crates/service/src/a.rs", &source), 1, "{statement}");
            assert_eq!(findings("crates/storage/src/a.rs", &source), 0, "{statement}");
        }
    }

    #[test]
    fn sqlx_outside_storage_is_caught() {
        assert_eq!(findings("server/src/a.rs", "use sqlx::PgPool;"), 1);
    }

    #[test]
    fn an_integration_test_may_look_into_the_database() {
        let source = "let stored = db.number(\"SELECT COUNT(*) FROM sessions\");";
        assert_eq!(findings("server/tests/portal.rs", source), 0);
        assert_eq!(findings("server/src/portal.rs", source), 1);
    }

    #[test]
    fn sentences_and_comments_are_not_sql() {
        for text in ["Select an application from the list", "Update your settings", "Delete it from here"] {
            assert_eq!(findings("app/src/a.rs", &format!("let a = \"{text}\";")), 0, "{text}");
        }
        assert_eq!(findings("server/src/a.rs", "// SELECT id FROM payments\n"), 0);
    }
}
