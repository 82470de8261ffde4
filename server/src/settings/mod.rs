//! Settings: every knob of the program, declared once, with its flag, variable and default.
//!
//! The clap structs are the single truth. A value is taken from the flag, else the environment
//! (`TALLYPORT_…`), else the TOML file (the key is the flag's name), else the default; clap itself
//! applies that order, because the file's values are handed to it as defaults. This module reads
//! settings and must not act on them: opening files and sockets happens where they are used, apart
//! from secrets that are given as the name of a file.

pub mod database;
pub mod duration;
pub mod environment;
pub mod file;
pub mod http;
pub mod keys;
pub mod limits;
pub mod load;
pub mod log;
pub mod mail;
pub mod open_id;
pub mod platform;
pub mod public_url;
pub mod secret;

use std::path::PathBuf;

use clap::Args;

pub use database::DatabaseSettings;
pub use http::{HttpSettings, MetricsListen};
pub use keys::KeySettings;
pub use limits::LimitSettings;
pub use load::{Loaded, Refusal, load};
pub use log::{LogFormat, LogSettings};
pub use mail::MailSettings;
pub use open_id::OpenIdSettings;
pub use platform::PlatformSettings;

use crate::exit::Exit;

/// Where settings come from, as `--help` tells it.
pub const ORDER_OF_SOURCES: &str = "\
A setting is taken from its flag, else from its TALLYPORT_… variable, else from the settings file,
else its default. In the file (TOML) a key is the flag's name without the dashes in front.
tallyport.example.toml shows every key with its default.";

/// The settings of `tallyport serve`: all there are.
#[derive(Args, Debug)]
#[command(after_help = Exit::table(), after_long_help = format!("{ORDER_OF_SOURCES}\n\n{}", Exit::table()))]
pub struct ServeSettings {
    /// Where the settings file is.
    #[command(flatten)]
    pub file: FileSettings,
    /// Where the data is.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// Addresses, TLS and proxies.
    #[command(flatten)]
    pub http: HttpSettings,
    /// What is refused or ended, and when.
    #[command(flatten)]
    pub limits: LimitSettings,
    /// The key that wraps stored secrets.
    #[command(flatten)]
    pub keys: KeySettings,
    /// What is logged and how.
    #[command(flatten)]
    pub log: LogSettings,

    /// How mail leaves.
    #[command(flatten)]
    pub mail: MailSettings,
    /// Signing in elsewhere.
    #[command(flatten)]
    pub open_id: OpenIdSettings,

    /// Folder with the built portal files, for builds that do not carry them inside (development).
    #[arg(long, env = "TALLYPORT_SITE_DIR", value_name = "FOLDER", help_heading = "Development")]
    pub site_dir: Option<PathBuf>,
}

/// The setting that names the settings file; every command has it.
#[derive(Args, Debug)]
pub struct FileSettings {
    /// Settings file [default: tallyport.toml in the current or the data folder, if there is one]
    #[arg(long, env = "TALLYPORT_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}
