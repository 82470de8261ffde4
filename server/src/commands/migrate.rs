//! `tallyport migrate`: brings the schema up to this binary, or tells what that would do.

use std::io::Write;

use clap::Args;
use tallyport_service::ports::{Clock, SystemClock};
use tallyport_storage::migrate::{self, Status, Step};
use tallyport_storage::{Db, DbOptions};

use crate::data_dir;
use crate::exit::{Exit, Failure};
use crate::logging;
use crate::settings::{DatabaseSettings, FileSettings, LogSettings};

use super::database;

/// The settings of `tallyport migrate`.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct MigrateSettings {
    /// Only tell which migrations are pending; ends with code 71 if there are any.
    #[arg(long)]
    pub check: bool,
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
/// When the database cannot be opened or migrated, or migrations are pending and only a check was
/// asked for.
pub async fn migrate(settings: MigrateSettings) -> Result<(), Failure> {
    logging::start(&settings.log);
    if settings.check {
        let options = DbOptions { create_if_missing: false, ..DbOptions::default() };
        return check(&database::open(&settings.database, &options).await?).await;
    }
    data_dir::prepare(&settings.database.data_dir)?;
    let db = database::open(&settings.database, &DbOptions::default()).await?;
    let report = migrate::run(&db, SystemClock.now_ms()).await.map_err(|error| database::refused(&error))?;
    for step in &report.applied {
        say(&format!("migrated: {}", name(step)));
    }
    say(if report.applied.is_empty() { "nothing to migrate" } else { "done" });
    db.close().await;
    Ok(())
}

async fn check(db: &Db) -> Result<(), Failure> {
    let Status { applied, pending, newer } = migrate::status(db)
        .await
        .map_err(|error| Failure::new(Exit::DatabaseUnreachable, format!("cannot read the migrations: {error}")))?;
    db.close().await;
    if let Some(step) = newer.last() {
        let line = format!("the database has migration {}, which this version does not know", name(step));
        return Err(Failure::new(Exit::DatabaseNewer, line));
    }
    for step in &pending {
        say(&format!("pending: {}", name(step)));
    }
    if !pending.is_empty() {
        let line = format!("{} of {} migrations are pending", pending.len(), pending.len() + applied.len());
        return Err(Failure::new(Exit::MigrationsPending, line));
    }
    say("nothing to migrate");
    Ok(())
}

fn name(step: &Step) -> String {
    format!("{:04} {}", step.version, step.name)
}

/// Nobody may be listening any more; that is no reason to fail.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
