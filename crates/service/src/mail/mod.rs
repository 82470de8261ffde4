//! Mail: written in the transaction of what it tells about, sealed, and sent by a worker.
//!
//! What a letter says stands in [`letters`], one file per occasion and both languages side by side.
//! How it leaves is a [`Transport`]; nobody but the worker touches that.

pub mod letters;
mod outbox;
mod smtp;
mod transport;
mod worker;

pub use outbox::{Letter, ReadableMail};
pub use smtp::{InvalidSmtpServer, SmtpServer};
pub use transport::{InvalidTransport, Smtp, Transport};
pub(crate) use worker::run;
pub use worker::{LEASE_MS, MAILS_KEPT_MS, TRIES_MAX};
