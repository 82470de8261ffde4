//! `tallyport audit`: whether the audit log is what was written. It reads and changes nothing, so it
//! needs the database and no key.

use std::io::{IsTerminal, Write};

use clap::{Args, Subcommand};
use serde_json::json;
use tallyport_service::audit::{ChainState, verify};
use tallyport_storage::DbOptions;

use super::platform::failed;
use super::tell::tell;
use super::{database, database::open};
use crate::exit::{Exit, Failure};
use crate::logging;
use crate::settings::{DatabaseSettings, FileSettings, LogSettings};

/// The commands about the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walk the whole log and tell whether it is what was written; ends with code 76 if it is not.
    Verify(Box<VerifySettings>),
}

/// The settings of `tallyport audit verify`.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct VerifySettings {
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

impl AuditCommand {
    pub(crate) fn database(&mut self) -> &mut DatabaseSettings {
        let Self::Verify(settings) = self;
        &mut settings.database
    }
}

/// Runs the command.
///
/// # Errors
/// When the log cannot be read, or is not what was written.
pub async fn run(command: AuditCommand) -> Result<(), Failure> {
    let AuditCommand::Verify(settings) = command;
    logging::start(&settings.log);
    let options = DbOptions { create_if_missing: false, ..DbOptions::default() };
    let db = open(&settings.database, &options).await?;
    database::refuse_unmigrated(&db).await?;
    let state = verify(&db, progress).await;
    db.close().await;
    match state.map_err(|error| failed(&error))? {
        ChainState::Whole { entries, end } => {
            let end: String = end.iter().map(|byte| format!("{byte:02x}")).collect();
            let object = json!({ "state": "whole", "entries": entries, "end": end });
            tell(settings.json, &object, &[format!("whole: {entries} entries, the last one's hash is {end}")]);
            Ok(())
        }
        ChainState::Broken { sequence } => {
            let object = json!({ "state": "broken", "sequence": sequence });
            tell(settings.json, &object, &[format!("broken at entry {sequence}")]);
            let line = format!("the audit log is broken: entry {sequence} is missing, changed or out of place");
            Err(Failure::new(Exit::AuditBroken, line))
        }
    }
}

/// Whoever watches a long walk sees how far it is; a program that reads stderr does not have to.
fn progress(entries: i64) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err, "\r{entries} entries");
        let _ = err.flush();
    }
}
