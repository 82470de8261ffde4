//! The setting that says how mail leaves.

/// How mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {
    /// Mail is kept in the database and shown in the portal; nothing is sent.
    Local,
}

pub(super) fn parse(text: &str) -> Result<Mail, String> {
    if text == "local" {
        return Ok(Mail::Local);
    }
    Err("only `local` is available in this version".to_owned())
}
