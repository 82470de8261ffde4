//! A file is a thought: 600 lines without its tests is where it ends.

use super::Finding;
use super::rust_text::RustText;
use super::tree::Tree;

const LINES_MAX: usize = 600;
/// Files that hold nothing but tests may be longer: cases are many and alike.
const TEST_LINES_MAX: usize = 1200;

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    tree.ending(".rs").filter_map(|(path, source)| of_file(path, source)).collect()
}

fn of_file(path: &str, source: &str) -> Option<Finding> {
    let only_tests = path.contains("tests/") || path.ends_with("/tests.rs");
    let (lines, lines_max) =
        if only_tests { (source.lines().count(), TEST_LINES_MAX) } else { (lines_of(source), LINES_MAX) };
    (lines > lines_max).then(|| Finding::new(path, 1, format!("{lines} lines; at most {lines_max}")))
}

/// Lines outside of the file's test modules.
fn lines_of(source: &str) -> usize {
    let tests = RustText::of(source).test_modules();
    let in_tests: usize = tests.into_iter().map(|range| source[range].lines().count()).sum();
    source.lines().count() - in_tests
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, source: &str) -> usize {
        check(&Tree::from([(path, source)])).len()
    }

    #[test]
    fn a_file_of_601_lines_is_caught_and_one_of_600_is_not() {
        assert_eq!(findings("server/src/a.rs", &"fn a() {}\n".repeat(601)), 1);
        assert_eq!(findings("server/src/a.rs", &"fn a() {}\n".repeat(600)), 0);
    }

    #[test]
    fn the_tests_in_a_file_do_not_count() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "fn t() {}\n".repeat(300));
        assert_eq!(findings("server/src/a.rs", &format!("{}{tests}", "fn a() {}\n".repeat(600))), 0);
        assert_eq!(findings("server/src/a.rs", &format!("{tests}{}", "fn a() {}\n".repeat(601))), 1);
    }

    #[test]
    fn a_file_of_tests_has_a_limit_of_its_own() {
        assert_eq!(findings("server/tests/a.rs", &"fn a() {}\n".repeat(1200)), 0);
        assert_eq!(findings("server/tests/a.rs", &"fn a() {}\n".repeat(1201)), 1);
    }
}
