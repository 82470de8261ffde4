//! Settings of the key-encryption key, which wraps every secret that must be recoverable.

use std::path::PathBuf;

use clap::{ArgMatches, Args};

use crate::exit::{Exit, Failure};
use crate::settings::secret::{self, Secret};

/// The key that wraps stored secrets.
#[derive(Args, Debug)]
#[command(next_help_heading = "Keys")]
pub struct KeySettings {
    /// The key-encryption key itself, 32 bytes in base64; better given as a file.
    #[arg(long, env = "TALLYPORT_KEY_ENCRYPTION_KEY", value_name = "BASE64", hide_env_values = true)]
    pub key_encryption_key: Option<Secret>,

    /// File of the key-encryption key, 32 bytes in base64 [default: <data-dir>/key-encryption.key, made at the first start]
    #[arg(long, env = "TALLYPORT_KEY_ENCRYPTION_KEY_FILE", value_name = "FILE")]
    pub key_encryption_key_file: Option<PathBuf>,

    /// The key-encryption key before the current one, while stored keys may still be wrapped under it; better given as a file.
    #[arg(long, env = "TALLYPORT_PREVIOUS_KEY_ENCRYPTION_KEY", value_name = "BASE64", hide_env_values = true)]
    pub previous_key_encryption_key: Option<Secret>,

    /// File of the previous key-encryption key; needed until "tallyport keys rewrap" has run.
    #[arg(long, env = "TALLYPORT_PREVIOUS_KEY_ENCRYPTION_KEY_FILE", value_name = "FILE")]
    pub previous_key_encryption_key_file: Option<PathBuf>,
}

impl KeySettings {
    /// Replaces the key by what its file holds, where the file was given closer to the command.
    pub(super) fn resolve(&mut self, matches: &ArgMatches) -> Result<(), Failure> {
        self.key_encryption_key = secret::choose(
            matches,
            ("key_encryption_key", self.key_encryption_key.take()),
            ("key_encryption_key_file", self.key_encryption_key_file.as_deref()),
            Exit::EncryptionKey,
        )?;
        self.previous_key_encryption_key = secret::choose(
            matches,
            ("previous_key_encryption_key", self.previous_key_encryption_key.take()),
            ("previous_key_encryption_key_file", self.previous_key_encryption_key_file.as_deref()),
            Exit::EncryptionKey,
        )?;
        Ok(())
    }
}
