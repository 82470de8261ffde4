//! Settings of keys: the key-encryption key, which wraps every secret that must be recoverable, and how
//! tokens are signed.

use std::path::PathBuf;

use clap::{ArgMatches, Args};
use tallyport_domain::TokenAlgorithm;

use crate::exit::{Exit, Failure};
use crate::settings::secret::{self, Secret};

/// The key that wraps stored secrets, and which keys are made.
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

    /// Algorithm of access and ID tokens: ES256, RS256, PS256 or EdDSA. Changed, a new key takes over ten minutes later.
    #[arg(long, env = "TALLYPORT_TOKEN_ALGORITHM", value_name = "ALGORITHM", default_value = TokenAlgorithm::Es256.as_str(), value_parser = token_algorithm)]
    pub token_algorithm: TokenAlgorithm,
}

fn token_algorithm(text: &str) -> Result<TokenAlgorithm, String> {
    text.parse().map_err(|_| "expected ES256, RS256, PS256 or EdDSA".to_owned())
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
