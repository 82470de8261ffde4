//! The setting that says how mail leaves.

/// How mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {
    /// Nothing is sent over a network.
    Local,
}

pub(super) fn parse(text: &str) -> Result<Mail, String> {
    if text == "local" {
        return Ok(Mail::Local);
    }
    Err("only `local` is available in this version".to_owned())
}
