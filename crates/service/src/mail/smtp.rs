//! A mail server of the operator's, spoken to by SMTP.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, UNIX_EPOCH};

use lettre::address::Envelope;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use percent_encoding::percent_decode_str;
use url::{Host, Url};
use zeroize::Zeroizing;

use super::outbox::ReadableMail;

/// The longest that one conversation with the server may wait for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Where mail is handed over, by a URL such as `smtp://user@host:587` or `smtps://host`.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    host: String,
    port: u16,
    encryption: Encryption,
    user: Option<String>,
    password: Option<Zeroizing<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// From the first byte on.
    Tls,
    /// By STARTTLS, and no mail without it.
    StartTls,
    /// None at all: only to the same machine.
    None,
}

/// The text is no address of a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSmtpServer {
    /// It has another form.
    #[error("expected local, smtp://[user[:password]@]host[:port] or smtps://…")]
    Form,
    /// Mail holds links that let their readers in.
    #[error("tls=off is for a server on this machine only, such as smtp://127.0.0.1:1025?tls=off")]
    PlainAcrossNetwork,
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SmtpServer").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl fmt::Display for SmtpServer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.host, self.port)
    }
}

impl FromStr for SmtpServer {
    type Err = InvalidSmtpServer;

    fn from_str(text: &str) -> Result<Self, InvalidSmtpServer> {
        let url: Url = text.parse().map_err(|_| InvalidSmtpServer::Form)?;
        let host = url.host().ok_or(InvalidSmtpServer::Form)?;
        let (encryption, usual_port) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Encryption::Tls, 465),
            ("smtp", None) => (Encryption::StartTls, 587),
            ("smtp", Some("tls=off")) if is_this_machine(&host) => (Encryption::None, 25),
            ("smtp", Some("tls=off")) => return Err(InvalidSmtpServer::PlainAcrossNetwork),
            _ => return Err(InvalidSmtpServer::Form),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(InvalidSmtpServer::Form);
        }
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Ok(Self {
            host: url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(usual_port),
            encryption,
            user: Some(decoded(url.username())).filter(|user| !user.is_empty()),
            password: url.password().map(|password| Zeroizing::new(decoded(password))),
        })
    }
}

/// A host without a dot in its scheme is kept as a name by the URL, so an address is read here too.
fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            *name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

impl SmtpServer {
    /// The same server with the password that stands elsewhere.
    #[must_use]
    pub fn with_password(self, password: Zeroizing<String>) -> Self {
        Self { password: Some(password), ..self }
    }

    /// Whether a name to sign in with is given, but nothing to prove it by.
    #[must_use]
    pub const fn lacks_password(&self) -> bool {
        self.user.is_some() && self.password.is_none()
    }

    pub(super) fn connect(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
        let tls = match self.encryption {
            Encryption::Tls => Tls::Wrapper(TlsParameters::new(self.host.clone())?),
            Encryption::StartTls => Tls::Required(TlsParameters::new(self.host.clone())?),
            Encryption::None => Tls::None,
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(tls)
            .timeout(Some(ANSWER_WITHIN));
        if let (Some(user), Some(password)) = (&self.user, &self.password) {
            server = server.credentials(Credentials::new(user.clone(), password.to_string()));
        }
        Ok(server.build())
    }
}

/// Why a mail could not be handed over. Names no recipient and no contents.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    #[error("the address of the recipient cannot stand in a mail")]
    Address(#[from] lettre::address::AddressError),
    #[error("the mail cannot be put together")]
    Message(#[from] lettre::error::Error),
    #[error("the mail server answers {0}")]
    Refused(String),
    #[error("the mail server does not answer as it should")]
    Server(#[source] lettre::transport::smtp::Error),
}

/// Hands one mail over.
pub(super) async fn send(
    server: &AsyncSmtpTransport<Tokio1Executor>,
    from: &Mailbox,
    mail: &ReadableMail,
) -> Result<(), SendError> {
    let to: Address = mail.recipient.parse()?;
    let written_at = UNIX_EPOCH + Duration::from_millis(mail.created_at_ms.max(0).unsigned_abs());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(&mail.letter.subject)
        .date(written_at)
        // The same for every try: whoever gets it twice can tell.
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .header(header::ContentType::TEXT_PLAIN)
        .body(mail.letter.text.clone())?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![to])?;
    match server.send_raw(&envelope, &message.formatted()).await {
        Ok(_) => Ok(()),
        // The code only: what servers write beside it may repeat the recipient.
        Err(error) => {
            Err(error.status().map_or_else(|| SendError::Server(error), |code| SendError::Refused(code.to_string())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        let read = |text: &str| text.parse::<SmtpServer>().unwrap();
        let server = read("smtp://post%40pay.example:s%3Acret@mail.example");
        assert_eq!((server.host.as_str(), server.port), ("mail.example", 587));
        assert_eq!(server.encryption, Encryption::StartTls);
        assert_eq!(server.user.as_deref(), Some("post@pay.example"));
        assert_eq!(server.password.as_deref().map(String::as_str), Some("s:cret"));
        assert_eq!((read("smtps://mail.example").port, read("smtps://mail.example:4650").port), (465, 4650));
        assert_eq!(read("smtp://[::1]:1025?tls=off").encryption, Encryption::None);
        assert!(read("smtp://post@mail.example").lacks_password());
    }

    #[test]
    fn what_would_send_links_in_the_open_is_refused() {
        for text in ["smtp://mail.example?tls=off", "smtp://192.0.2.1?tls=off", "smtp://localhost.evil.example?tls=off"]
        {
            assert_eq!(text.parse::<SmtpServer>(), Err(InvalidSmtpServer::PlainAcrossNetwork), "{text}");
        }
        for text in ["", "mail.example", "http://mail.example", "smtp://", "smtp://host/path", "smtp://host?tls=maybe"]
        {
            assert_eq!(text.parse::<SmtpServer>(), Err(InvalidSmtpServer::Form), "{text}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let server: SmtpServer = "smtp://post:canary@mail.example".parse().unwrap();
        assert!(!format!("{server:?} {server}").contains("canary"));
    }
}
