//! Settings of mail: how it leaves, and whom it is from.

use std::path::PathBuf;

use clap::{ArgMatches, Args};
use tallyport_service::mail::{InvalidSmtpServer, SmtpServer, Transport};
use zeroize::Zeroizing;

use crate::exit::{Exit, Failure};
use crate::settings::secret::{self, Secret};

/// The way that sends nothing.
const LOCAL: &str = "local";

/// How mail leaves.
#[derive(Args, Debug)]
#[command(next_help_heading = "Mail")]
pub struct MailSettings {
    /// How mail leaves: `local` sends nothing and shows it at /dev/mail; else a server, such as smtp://user@host:587 (STARTTLS) or smtps://user@host
    #[arg(long, env = "TALLYPORT_MAIL", value_name = "URL", default_value = LOCAL, hide_env_values = true)]
    pub mail: Secret,

    /// Password for the mail server; better given as a file.
    #[arg(long, env = "TALLYPORT_MAIL_PASSWORD", value_name = "PASSWORD", hide_env_values = true)]
    pub mail_password: Option<Secret>,

    /// File that holds the password for the mail server.
    #[arg(long, env = "TALLYPORT_MAIL_PASSWORD_FILE", value_name = "FILE")]
    pub mail_password_file: Option<PathBuf>,

    /// Whom mail is from, such as "Tallyport <post@pay.example>"; needed with a mail server.
    #[arg(long, env = "TALLYPORT_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
}

impl MailSettings {
    /// Replaces the password by what its file holds, where the file was given closer to the command.
    pub(super) fn resolve(&mut self, matches: &ArgMatches) -> Result<(), Failure> {
        self.mail_password = secret::choose(
            matches,
            ("mail_password", self.mail_password.take()),
            ("mail_password_file", self.mail_password_file.as_deref()),
            Exit::Setting,
        )?;
        Ok(())
    }

    /// What the settings come to.
    ///
    /// # Errors
    /// When they do not fit together.
    pub fn transport(&self) -> Result<Transport, Failure> {
        let bad = |what: String| Failure::new(Exit::Setting, what);
        // A secret, because the URL may hold a password; so it is read here and not by clap.
        if self.mail.expose() == LOCAL {
            return Ok(Transport::Local);
        }
        let server: SmtpServer =
            self.mail.expose().parse().map_err(|error: InvalidSmtpServer| bad(format!("mail: {error}")))?;
        let from = self.mail_from.as_deref();
        let from = from.ok_or_else(|| bad("mail-from is needed together with a mail server".to_owned()))?;
        let server = match &self.mail_password {
            Some(password) => server.with_password(Zeroizing::new(password.expose().to_owned())),
            None => server,
        };
        if server.lacks_password() {
            return Err(bad("mail names a user, so mail-password or mail-password-file is needed".to_owned()));
        }
        Transport::smtp(&server, from).map_err(|error| bad(format!("mail-from and mail: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(mail: &str, password: Option<&str>, from: Option<&str>) -> MailSettings {
        MailSettings {
            mail: mail.parse().unwrap(),
            mail_password: password.map(|text| text.parse().unwrap()),
            mail_password_file: None,
            mail_from: from.map(str::to_owned),
        }
    }

    #[test]
    fn a_server_needs_a_sender_and_a_user_needs_a_password() {
        assert!(settings("local", None, None).transport().unwrap().is_local());
        for (password, from) in
            [(None, Some("post@pay.example")), (Some("secret"), None), (Some("secret"), Some("post"))]
        {
            assert!(settings("smtp://post@mail.example", password, from).transport().is_err(), "{from:?}");
        }
        assert!(settings("smtp:/mail.example", None, Some("post@pay.example")).transport().is_err());
        let whole = settings("smtp://post@mail.example", Some("secret"), Some("Tallyport <post@pay.example>"));
        assert!(!whole.transport().unwrap().is_local());
    }
}
