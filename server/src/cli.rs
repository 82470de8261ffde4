//! The command line: which commands exist and what `--version` says.
//!
//! Owns the shape only. Where values come from is [`crate::settings`]; what a command does is
//! [`crate::serve`] and [`crate::commands`].

use std::sync::LazyLock;

use clap::{Parser, Subcommand};

use crate::commands::admin::AdminCommand;
use crate::commands::app::AppCommand;
use crate::commands::audit::AuditCommand;
use crate::commands::developer::DeveloperCommand;
use crate::commands::keys::KeysCommand;
use crate::commands::migrate::MigrateSettings;
use crate::commands::seed::SeedSettings;
use crate::commands::verify::VerifyBooksSettings;
use crate::settings::ServeSettings;

/// The version of this build, as in the release.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit this build was made from; the build sets it.
pub const COMMIT: &str = match option_env!("TALLYPORT_COMMIT") {
    Some(commit) => commit,
    None => "unknown",
};

static VERSION_LINE: LazyLock<String> = LazyLock::new(|| format!("{VERSION} (commit {COMMIT})"));

/// Tallyport: a payment open platform in one binary.
#[derive(Debug, Parser)]
#[command(
    name = "tallyport",
    version = VERSION_LINE.as_str(),
    about = "A payment open platform in one binary: developer portal, payment API and sandbox.",
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands of `tallyport`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal and the API until told to stop (SIGTERM or Ctrl-C).
    Serve(Box<ServeSettings>),
    /// Bring the database's schema up to this binary, or only tell what would be done.
    Migrate(MigrateSettings),
    /// Make, list and remove administrators.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Make accounts of developers.
    #[command(subcommand)]
    Developer(DeveloperCommand),
    /// Make applications of developers.
    #[command(subcommand)]
    App(AppCommand),
    /// Check the audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Walk the whole book, while servers work, and tell what is wrong where; ends with code 77 if anything is.
    Verify(Box<VerifyBooksSettings>),
    /// Make an administrator, a developer and an application with sandbox and live credentials, for tests.
    Seed(Box<SeedSettings>),
    /// Change under which key-encryption key the stored secrets lie, while other processes serve.
    #[command(subcommand)]
    Keys(KeysCommand),
}
