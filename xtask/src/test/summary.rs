//! The table at the end of a test run.

use crate::run;
use std::process::ExitCode;
use std::time::Duration;

/// How one part went.
#[derive(Default, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// Tests that were left out on purpose: shown, so that nobody forgets them.
    pub(crate) ignored: u64,
    /// Why the part failed as a whole, when it did.
    pub(crate) broken: Option<String>,
}

impl Line {
    /// A part that ended well and counts no tests.
    pub(crate) fn done() -> Self {
        Self::default()
    }

    pub(crate) fn broken(why: String) -> Self {
        Self { broken: Some(why), ..Self::default() }
    }

    /// Two runs of one part as one.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
            broken: self.broken.or(other.broken),
        }
    }

    fn is_good(&self) -> bool {
        self.failed == 0 && self.broken.is_none()
    }

    /// A part that broke without a failed test still counts: the last line never says that
    /// nothing failed when something did.
    fn failures(&self) -> u64 {
        if self.broken.is_some() { self.failed.max(1) } else { self.failed }
    }
}

#[derive(Default)]
pub(crate) struct Summary {
    parts: Vec<(&'static str, Duration, Line)>,
}

impl Summary {
    pub(crate) fn add(&mut self, name: &'static str, took: Duration, line: Line) {
        self.parts.push((name, took, line));
    }

    /// Prints the table and gives the exit code of the whole run.
    pub(crate) fn print(&self) -> ExitCode {
        println!("\n{}", run::paint("1", "Summary"));
        for (name, took, line) in &self.parts {
            let verdict = if line.is_good() { run::paint("32", "ok    ") } else { run::paint("31;1", "FAILED") };
            println!("  {verdict}  {name:<46} {:>12}  {}", run::duration(*took), told(line));
        }
        println!("\n{}", self.last_line());
        if self.parts.iter().all(|(_, _, line)| line.is_good()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn last_line(&self) -> String {
        let passed: u64 = self.parts.iter().map(|(_, _, line)| line.passed).sum();
        let failed: u64 = self.parts.iter().map(|(_, _, line)| line.failures()).sum();
        format!("{passed} passed, {failed} failed")
    }
}

fn told(line: &Line) -> String {
    let mut words = Vec::new();
    for (count, word) in [(line.passed, "passed"), (line.failed, "failed"), (line.ignored, "ignored")] {
        if count > 0 {
            words.push(format!("{count} {word}"));
        }
    }
    words.extend(line.broken.as_ref().map(|why| why.lines().next().unwrap_or_default().to_owned()));
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_could_not_run_is_counted_as_failed() {
        let mut summary = Summary::default();
        summary.add("unit", Duration::ZERO, Line { passed: 7, ..Line::default() });
        summary.add("browser", Duration::ZERO, Line::broken("no Chromium".to_owned()));
        assert_eq!(summary.last_line(), "7 passed, 1 failed");
    }

    #[test]
    fn failed_tests_are_not_counted_twice_when_their_part_broke_too() {
        let line = Line { failed: 3, broken: Some("exit status: 101".to_owned()), ..Line::default() };
        assert_eq!(line.failures(), 3);
    }

    #[test]
    fn ignored_tests_are_told() {
        let line = Line { passed: 1, ignored: 2, ..Line::default() };
        assert_eq!(told(&line), "1 passed, 2 ignored");
    }
}
