//! Settings of commands that work on the platform's data: the same as those of the server, so that one
//! settings file serves both.

use std::net::SocketAddr;

use clap::{ArgMatches, Args};

use crate::exit::{Exit, Failure};
use crate::settings::public_url::PublicUrl;
use crate::settings::{DatabaseSettings, FileSettings, KeySettings, LogSettings, http};

/// What a command needs to know about the platform that it works on.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct PlatformSettings {
    /// Where the settings file is.
    #[command(flatten)]
    pub file: FileSettings,
    /// Where the data is.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// The key that wraps stored secrets.
    #[command(flatten)]
    pub keys: KeySettings,
    /// Where the platform is reached.
    #[command(flatten)]
    pub address: AddressSettings,
    /// What is logged and how.
    #[command(flatten)]
    pub log: LogSettings,
}

/// Where the platform is reached: links in mails begin with it.
#[derive(Args, Debug)]
#[command(next_help_heading = "HTTP")]
pub struct AddressSettings {
    /// Address that the server listens on.
    #[arg(long, env = "TALLYPORT_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:3000", value_parser = http::address)]
    pub listen: SocketAddr,

    /// Origin that browsers and partners use, such as https://pay.example.com [default: the listening address]
    #[arg(long, env = "TALLYPORT_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
}

impl AddressSettings {
    /// The origin.
    #[must_use]
    pub fn public_url(&self) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::of_listener(self.listen, false))
    }
}

impl PlatformSettings {
    /// Replaces secrets by what their files hold.
    pub(super) fn resolve(&mut self, matches: &ArgMatches) -> Result<(), Failure> {
        self.database.resolve(matches)?;
        self.keys.resolve(matches)
    }
}
