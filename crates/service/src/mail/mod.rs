//! Mail: written in the transaction of what it tells about, sealed, and sent by a worker.

mod outbox;

pub use outbox::{Letter, ReadableMail};
