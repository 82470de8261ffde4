//! Runs a test program, shows what matters of its output and counts its tests.

use super::summary::Line;
use crate::beside::say;
use crate::run;
use anyhow::Result;
use std::process::Command;

/// Runs `cargo test …`, hides the tests that passed and adds up the results.
pub(crate) fn cargo_tests(command: &mut Command) -> Result<Line> {
    counted(command, read_cargo, |text| text.starts_with("test ") && text.ends_with(" ... ok"))
}

/// Runs Playwright and reads its closing lines.
pub(crate) fn playwright(command: &mut Command) -> Result<Line> {
    counted(command, read_playwright, |_| false)
}

/// Runs `node --test` with the reporter for people and reads its closing lines.
pub(crate) fn node_tests(command: &mut Command) -> Result<Line> {
    counted(command, read_node, |text| text.starts_with('\u{2714}'))
}

/// Runs Python's `unittest` and reads its closing lines.
pub(crate) fn python_tests(command: &mut Command) -> Result<Line> {
    counted(command, read_python, |text| text.ends_with(" ... ok"))
}

fn counted(command: &mut Command, read: fn(&str, &mut Line), hidden: fn(&str) -> bool) -> Result<Line> {
    let mut line = Line::default();
    let status = run::lines(command, |text| {
        let plain = without_colours(text);
        read(&plain, &mut line);
        if !hidden(plain.trim_end()) && !is_filler(&plain) {
            say(&format!("    {text}"));
        }
    })?;
    if !status.success() {
        line.broken = Some(format!("ended with {status}"));
    } else if line.passed == 0 && line.failed == 0 {
        line.broken = Some("ran no test at all".to_owned());
    }
    Ok(line)
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; …`
fn read_cargo(text: &str, line: &mut Line) {
    let Some(result) = text.trim().strip_prefix("test result: ") else { return };
    for part in result.split_once(". ").map_or("", |(_, counts)| counts).split(';') {
        let mut words = part.split_whitespace();
        let (Some(count), Some(what)) = (words.next().and_then(|count| count.parse::<u64>().ok()), words.next()) else {
            continue;
        };
        match what {
            "passed" => line.passed += count,
            "failed" => line.failed += count,
            "ignored" => line.ignored += count,
            _ => {}
        }
    }
}

/// `  12 passed (31.4s)`, `  1 failed`, `  2 skipped`, `  1 did not run`.
fn read_playwright(text: &str, line: &mut Line) {
    let Some((count, what)) = text.trim().split_once(' ') else { return };
    let Ok(count) = count.parse::<u64>() else { return };
    let what = what.split(" (").next().unwrap_or_default();
    match what {
        "passed" => line.passed = count,
        "failed" | "interrupted" | "flaky" | "did not run" => line.failed += count,
        "skipped" => line.ignored += count,
        _ => {}
    }
}

/// `ℹ pass 12`, `ℹ fail 0`, `ℹ cancelled 0`, `ℹ skipped 0`, `ℹ todo 0`.
fn read_node(text: &str, line: &mut Line) {
    let Some((what, count)) = text.trim().strip_prefix('\u{2139}').and_then(|text| text.trim().split_once(' ')) else {
        return;
    };
    let Ok(count) = count.parse::<u64>() else { return };
    match what {
        "pass" => line.passed += count,
        "fail" | "cancelled" => line.failed += count,
        "skipped" | "todo" => line.ignored += count,
        _ => {}
    }
}

/// `Ran 4 tests in 2.8s`, then `OK`, `OK (skipped=1)` or `FAILED (failures=1, errors=2)`.
fn read_python(text: &str, line: &mut Line) {
    let text = text.trim();
    if let Some(count) = text.strip_prefix("Ran ").and_then(|rest| rest.split(' ').next()) {
        line.passed += count.parse::<u64>().unwrap_or(0);
    }
    let Some(rest) = text.strip_prefix("FAILED").or_else(|| text.strip_prefix("OK")) else { return };
    for part in rest.trim().trim_matches(['(', ')']).split(", ") {
        let Some((what, Ok(count))) = part.split_once('=').map(|(what, count)| (what, count.parse::<u64>())) else {
            continue;
        };
        line.passed = line.passed.saturating_sub(count);
        match what {
            "failures" | "errors" => line.failed += count,
            _ => line.ignored += count,
        }
    }
}

fn is_filler(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || (text.starts_with("running ") && (text.ends_with(" tests") || text.ends_with(" test")))
}

fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\x1b') {
        plain.push_str(before);
        rest = after.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_cargo_test_programs_add_up() {
        let mut line = Line::default();
        read_cargo(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            &mut line,
        );
        read_cargo("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", &mut line);
        read_cargo("test money::adds ... ok", &mut line);
        assert_eq!((line.passed, line.failed, line.ignored), (15, 2, 1));
    }

    #[test]
    fn playwright_tests_that_are_flaky_or_did_not_run_count_as_failed() {
        let mut line = Line::default();
        for text in [
            "  1 failed",
            "    [chromium] › a.spec.ts:3:1 › signs in",
            "  1 flaky",
            "  2 did not run",
            "  12 passed (31.4s)",
        ] {
            read_playwright(text, &mut line);
        }
        assert_eq!((line.passed, line.failed), (12, 4));
    }

    #[test]
    fn closing_lines_of_node_and_python_are_read() {
        let mut line = Line::default();
        for text in ["\u{2714} a test (1.2ms)", "\u{2139} pass 12", "\u{2139} fail 1", "\u{2139} skipped 2"] {
            read_node(text, &mut line);
        }
        assert_eq!((line.passed, line.failed, line.ignored), (12, 1, 2));
        let mut line = Line::default();
        for text in ["test_a (t.A.test_a) ... ok", "Ran 7 tests in 2.849s", "FAILED (failures=1, errors=2, skipped=1)"]
        {
            read_python(text, &mut line);
        }
        assert_eq!((line.passed, line.failed, line.ignored), (3, 3, 1));
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        assert_eq!(without_colours("test a ... \x1b[32mok\x1b[0m"), "test a ... ok");
    }

    #[test]
    fn a_program_that_runs_no_test_is_broken() {
        let line = cargo_tests(&mut Command::new("true")).unwrap();
        assert!(line.broken.is_some());
    }

    #[test]
    fn a_program_that_fails_is_broken_even_when_its_tests_passed() {
        let script = "echo 'test result: ok. 1 passed; 0 failed; 0 ignored'; exit 3";
        let line = cargo_tests(Command::new("sh").args(["-c", script])).unwrap();
        assert_eq!(line.passed, 1);
        assert!(line.broken.is_some());
    }
}
