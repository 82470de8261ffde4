//! `docs/ledger.md` shows the table that the rules make themselves.
//!
//! After a change that is meant, `TALLYPORT_WRITE_DOCS=1 cargo test -p tallyport-domain --test
//! ledger_document` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

use std::{env, fs};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ledger.md");
const BEGIN: &str = "<!-- rules: begin -->\n";
const END: &str = "<!-- rules: end -->\n";

#[test]
fn the_documented_rules_are_those_of_the_program() {
    let text = fs::read_to_string(PATH).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let current = tallyport_domain::ledger::table();
    if env::var_os("TALLYPORT_WRITE_DOCS").is_some() {
        fs::write(PATH, format!("{before}{BEGIN}{current}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(table, current);
}
