//! The password of a new account: given without standing in the list of processes, or made and told once.

use std::io::Read;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Args;
use tallyport_service::Services;
use tallyport_service::ports::random_bytes;
use zeroize::Zeroizing;

use crate::exit::{Exit, Failure};
use crate::settings::secret;

/// Longer than any password; what comes behind is not read.
const BYTES_MAX: u64 = 4 * 1024;

/// Where the password comes from. Without any of these, one is made and printed once.
#[derive(Args, Debug)]
#[group(multiple = false)]
#[command(next_help_heading = "Password")]
pub struct PasswordSettings {
    /// File that holds the password.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Read the password from standard input.
    #[arg(long)]
    pub password_stdin: bool,
    /// Name of the environment variable that holds the password.
    #[arg(long, value_name = "VARIABLE")]
    pub password_env: Option<String>,
}

/// A password, and whether somebody has to be told.
#[derive(Debug)]
pub enum Password {
    /// It was given, so whoever gave it knows it.
    Given(Zeroizing<String>),
    /// It was made here and is to be printed this once.
    Made(Zeroizing<String>),
}

impl Password {
    /// The text, for the one place that hashes it.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        match self {
            Self::Given(text) | Self::Made(text) => text.clone(),
        }
    }

    /// The text to print, of a password that nobody knows yet.
    #[must_use]
    pub fn to_tell(&self) -> Option<&str> {
        match self {
            Self::Given(_) => None,
            Self::Made(text) => Some(text),
        }
    }

    /// A fresh one: 144 random bits.
    #[must_use]
    pub fn fresh(services: &Services) -> Self {
        let random: Zeroizing<[u8; 18]> = Zeroizing::new(random_bytes(services.randomness()));
        Self::Made(Zeroizing::new(URL_SAFE_NO_PAD.encode(*random)))
    }
}

impl PasswordSettings {
    /// Reads the password, or makes one.
    ///
    /// # Errors
    /// When the place that was named holds none.
    pub fn read(&self, services: &Services) -> Result<Password, Failure> {
        if let Some(path) = &self.password_file {
            let bad = |error| Failure::new(Exit::Setting, format!("password-file: {}: {error}", path.display()));
            return Ok(Password::Given(Zeroizing::new(secret::read(path).map_err(bad)?.expose().to_owned())));
        }
        if let Some(name) = &self.password_env {
            let text = std::env::var(name)
                .map_err(|_| Failure::new(Exit::Setting, format!("password-env: {name} is not set or no text")))?;
            return Ok(Password::Given(Zeroizing::new(text)));
        }
        if self.password_stdin {
            let mut text = Zeroizing::new(String::new());
            let read = std::io::stdin().take(BYTES_MAX).read_to_string(&mut text);
            read.map_err(|error| Failure::new(Exit::Setting, format!("password-stdin: {error}")))?;
            let length = text.trim_end_matches(['\r', '\n']).len();
            text.truncate(length);
            return Ok(Password::Given(text));
        }
        Ok(Password::fresh(services))
    }
}
