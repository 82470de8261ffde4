//! The tables of `docs/permissions.md`.

use std::path::Path;

/// The document.
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/permissions.md");

/// A row: a route, what is sent to it, and what each column expects.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// `GET` or `POST`.
    pub(crate) method: String,
    /// The path, parameters in braces.
    pub(crate) path: String,
    /// The query of a page, the fields of a form, the body of a call.
    pub(crate) sent: String,
    /// Column and expected answer.
    pub(crate) expected: Vec<(String, String)>,
}

impl Row {
    /// What one column expects.
    pub(crate) fn expects(&self, column: &str) -> &str {
        let found = self.expected.iter().find(|(name, _)| name == column);
        &found.unwrap_or_else(|| panic!("no column {column} in {self:?}")).1
    }

    /// Method and path, as routes are compared.
    pub(crate) fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The rows of the table under this heading.
pub(crate) fn rows(heading: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(Path::new(DOCUMENT)).unwrap();
    let section = text.split("\n## ").find(|section| section.lines().next() == Some(heading));
    let section = section.unwrap_or_else(|| panic!("docs/permissions.md has no section {heading}"));
    let mut lines = section.lines().filter(|line| line.starts_with('|')).map(cells);
    let columns = lines.next().unwrap_or_else(|| panic!("no table under {heading}"));
    assert!(columns.len() > 2 && columns[..2] == ["route", "sent"], "{columns:?}");
    lines.filter(|cells| !cells.iter().all(|cell| cell.starts_with('-'))).map(|cells| row(&columns, &cells)).collect()
}

fn row(columns: &[String], cells: &[String]) -> Row {
    assert_eq!(cells.len(), columns.len(), "{cells:?}");
    let route = cells[0].trim_matches('`');
    let (method, path) = route.split_once(' ').unwrap_or_else(|| panic!("no method in {route}"));
    Row {
        method: method.to_owned(),
        path: path.to_owned(),
        sent: cells[1].trim_matches('`').to_owned(),
        expected: columns[2..].iter().cloned().zip(cells[2..].iter().cloned()).collect(),
    }
}

fn cells(line: &str) -> Vec<String> {
    line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}
