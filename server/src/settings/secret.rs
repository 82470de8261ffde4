//! Secrets among the settings: text that is never printed, and the choice between a secret given as
//! text and one given as the name of a file.

use std::convert::Infallible;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use clap::ArgMatches;
use clap::parser::ValueSource;

use zeroize::Zeroizing;

use crate::exit::{Exit, Failure};

/// A secret file holds a line, not a document.
const SECRET_FILE_BYTES_MAX: u64 = 64 * 1024;

/// Text that must not appear in logs, errors or `Debug` output, and is wiped when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Takes the secret from the source that counts more: flag before variable before settings file.
/// Text and file given in the same kind of source contradict each other.
pub(super) fn choose(
    matches: &ArgMatches,
    (text_id, text): (&str, Option<Secret>),
    (file_id, file): (&str, Option<&Path>),
    unreadable: Exit,
) -> Result<Option<Secret>, Failure> {
    let Some(path) = file else { return Ok(text) };
    let rank = |id: &str| matches.value_source(id).unwrap_or(ValueSource::DefaultValue);
    if text.is_some() {
        if rank(text_id) == rank(file_id) {
            let (text_name, file_name) = (text_id.replace('_', "-"), file_id.replace('_', "-"));
            let line = format!("{text_name} and {file_name} are both given: give one of them");
            return Err(Failure::new(Exit::Setting, line));
        }
        if rank(text_id) > rank(file_id) {
            return Ok(text);
        }
    }
    read(path).map(Some).map_err(|error| {
        let name = file_id.replace('_', "-");
        Failure::new(unreadable, format!("{name}: cannot read {}: {error}", path.display()))
    })
}

/// Reads a secret from a file, without the line break that editors leave at its end.
pub(crate) fn read(path: &Path) -> std::io::Result<Secret> {
    use std::io::Read;
    let mut text = Zeroizing::new(String::new());
    std::fs::File::open(path)?.take(SECRET_FILE_BYTES_MAX).read_to_string(&mut text)?;
    let length = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(length);
    Ok(Secret(text))
}
