//! What a command says: one JSON object for programs, or lines for people.

use std::io::Write;

use serde_json::Value;

/// Writes the object where programs asked for it, else the lines. Nobody may be listening any more;
/// that is no reason to fail.
pub fn tell(json: bool, object: &Value, lines: &[String]) {
    let mut out = std::io::stdout();
    let _ = if json { writeln!(out, "{object}") } else { writeln!(out, "{}", lines.join("\n")) };
}

/// A line with a name and a value, the values below each other.
#[must_use]
pub fn line(name: &str, value: impl std::fmt::Display) -> String {
    format!("{name:<14}{value}")
}
