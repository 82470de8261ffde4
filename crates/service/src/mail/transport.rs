//! How mail leaves: not at all, or through the operator's mail server.

use std::fmt;

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};

use super::outbox::ReadableMail;
use super::smtp::{self, SendError, SmtpServer};

/// How mail leaves.
#[derive(Clone, Default)]
pub enum Transport {
    /// Nothing is sent: whoever sits at the machine reads it in the local mailbox.
    #[default]
    Local,
    /// Through a mail server.
    Smtp(Box<Smtp>),
}

/// A mail server, and whom mail is from.
#[derive(Clone)]
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why mail cannot be sent by these settings.
#[derive(Debug, thiserror::Error)]
pub enum InvalidTransport {
    /// The sender's address.
    #[error("the sender is not an address such as Tallyport <post@pay.example>")]
    From,
    /// The certificates of this machine.
    #[error("TLS towards the mail server cannot be prepared")]
    Tls(#[source] lettre::transport::smtp::Error),
}

impl Transport {
    /// Mail through a server, from an address such as `Tallyport <post@pay.example>`. Nobody is
    /// called yet.
    pub fn smtp(server: &SmtpServer, from: &str) -> Result<Self, InvalidTransport> {
        let from = from.parse().map_err(|_| InvalidTransport::From)?;
        let server = server.connect().map_err(InvalidTransport::Tls)?;
        Ok(Self::Smtp(Box::new(Smtp { server, from })))
    }

    /// Whether mail stays here.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        matches!(self, Self::Local)
    }

    /// Hands a mail over; a name takes the place of the one in the operator's sender.
    pub(super) async fn deliver(&self, mail: &ReadableMail, name: Option<&str>) -> Result<(), SendError> {
        match self {
            Self::Local => Ok(()),
            Self::Smtp(through) => {
                let from = &through.from;
                let name = name.map(str::to_owned).or_else(|| from.name.clone());
                smtp::send(&through.server, &Mailbox::new(name, from.email.clone()), mail).await
            }
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.is_local() { "Local" } else { "Smtp(…)" })
    }
}
