//! `tallyport verify`: whether the books are whole. It reads and changes nothing, so it needs the
//! database and no key, and servers work on meanwhile.

use std::io::{IsTerminal, Write};

use clap::Args;
use serde_json::{Value, json};
use tallyport_service::verify::{Fault, Verdict, verify};
use tallyport_storage::DbOptions;

use super::platform::failed;
use super::tell::tell;
use super::{database, database::open};
use crate::exit::{Exit, Failure};
use crate::logging;
use crate::settings::{DatabaseSettings, FileSettings, LogSettings};

/// The settings of `tallyport verify`.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct VerifyBooksSettings {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub file: FileSettings,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub database: DatabaseSettings,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub log: LogSettings,
}

/// Runs the command.
///
/// # Errors
/// When the books cannot be read, or are not whole.
pub async fn run(settings: VerifyBooksSettings) -> Result<(), Failure> {
    logging::start(&settings.log);
    let options = DbOptions { create_if_missing: false, ..DbOptions::default() };
    let db = open(&settings.database, &options).await?;
    database::refuse_unmigrated(&db).await?;
    let verdict = verify(&db, &mut progress).await;
    db.close().await;
    let verdict = verdict.map_err(|error| failed(&error))?;
    end_progress();
    tell(settings.json, &object(&verdict), &lines(&verdict));
    if verdict.is_whole() {
        return Ok(());
    }
    Err(Failure::new(Exit::BooksBroken, format!("the books are broken; faults: {}", verdict.faults_count)))
}

fn object(verdict: &Verdict) -> Value {
    let fault = |fault: &Fault| {
        json!({ "rule": fault.rule, "table": fault.table, "place": fault.place,
            "stands": fault.stands, "follows": fault.follows })
    };
    json!({
        "state": if verdict.is_whole() { "whole" } else { "broken" },
        "faults_count": verdict.faults_count,
        "faults": verdict.faults.iter().map(fault).collect::<Vec<_>>(),
        "walked": verdict.walked,
        "end": hex(&verdict.end),
    })
}

fn lines(verdict: &Verdict) -> Vec<String> {
    let walked: Vec<String> = verdict.walked.iter().map(|(table, rows)| format!("{table} {rows}")).collect();
    let mut lines = vec![format!("walked: {}", walked.join(", "))];
    if verdict.is_whole() {
        lines.push(format!("whole: the hash over the ends of all batches is {}", hex(&verdict.end)));
        return lines;
    }
    for Fault { rule, table, place, stands, follows } in &verdict.faults {
        lines.push(format!(
            "broken: {rule}\n    {table} {place}: {stands} stands there, {follows} follows from the rest"
        ));
    }
    let unnamed = verdict.faults_count - verdict.faults.len() as u64;
    if unnamed > 0 {
        lines.push(format!("and {unnamed} more"));
    }
    lines
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whoever watches a long walk sees how far it is; a program that reads stderr does not have to.
fn progress(table: &'static str, rows: i64) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err, "\r\x1b[K{table}: {rows}");
        let _ = err.flush();
    }
}

fn end_progress() {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err, "\r\x1b[K");
    }
}
