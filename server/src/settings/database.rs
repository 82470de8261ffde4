//! Settings of every command that opens the database.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args};

use crate::exit::{Exit, Failure};
use crate::settings::secret::{self, Secret};

/// The database's file name inside the data folder when no URL is given.
const DATABASE_FILE: &str = "tallyport.db";

/// Where the data is.
#[derive(Args, Debug)]
#[command(next_help_heading = "Data")]
pub struct DatabaseSettings {
    /// Folder for the database, keys and everything else that is kept.
    #[arg(long, env = "TALLYPORT_DATA_DIR", value_name = "FOLDER", default_value = "tallyport-data")]
    pub data_dir: PathBuf,

    /// Database: `sqlite:PATH` or `postgres://…` [default: sqlite:<data-dir>/tallyport.db]
    #[arg(long, env = "TALLYPORT_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<Secret>,

    /// File that holds the database URL, so that a password need not be in the environment.
    #[arg(long, env = "TALLYPORT_DATABASE_URL_FILE", value_name = "FILE")]
    pub database_url_file: Option<PathBuf>,
}

impl DatabaseSettings {
    /// Replaces the URL by what its file holds, where the file was given closer to the command.
    pub(crate) fn resolve(&mut self, matches: &ArgMatches) -> Result<(), Failure> {
        self.database_url = secret::choose(
            matches,
            ("database_url", self.database_url.take()),
            ("database_url_file", self.database_url_file.as_deref()),
            Exit::Setting,
        )?;
        Ok(())
    }

    /// The database to open, parsed.
    ///
    /// # Errors
    /// When the URL has neither of the two forms; the failure does not repeat a password.
    pub fn url(&self) -> Result<tallyport_storage::DatabaseUrl, Failure> {
        let text = match &self.database_url {
            Some(url) => url.expose().to_owned(),
            None => default_url(&self.data_dir),
        };
        tallyport_storage::DatabaseUrl::parse(&text)
            .map_err(|error| Failure::new(Exit::DatabaseUrl, format!("database-url: {error}")))
    }
}

fn default_url(data_dir: &Path) -> String {
    format!("sqlite:{}", data_dir.join(DATABASE_FILE).display())
}
