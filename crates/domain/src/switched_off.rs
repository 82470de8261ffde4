//! Operations of the open API that an administrator turned off for a while. Owns what has to be said
//! about one: callers in both languages are told why.

use crate::Language;
use crate::announcement::is_text;

/// The most characters a reason may have in either language.
pub const REASON_LENGTH_MAX: usize = 200;

/// Why an operation is off, for those who call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    en: String,
    zh: String,
}

/// A reason that says too little or too much, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the reason has to have 1 to {REASON_LENGTH_MAX} characters in {0:?}")]
pub struct ReasonFault(pub Language);

impl Reason {
    /// A reason in both languages, or everything that is wrong with it.
    pub fn new(en: &str, zh: &str) -> Result<Self, Vec<ReasonFault>> {
        let reason = Self { en: en.trim().to_owned(), zh: zh.trim().to_owned() };
        let faults: Vec<_> = [Language::En, Language::Zh]
            .into_iter()
            .filter(|language| !is_text(reason.text_in(*language), REASON_LENGTH_MAX))
            .map(ReasonFault)
            .collect();
        if faults.is_empty() { Ok(reason) } else { Err(faults) }
    }

    /// Its text for a reader.
    #[must_use]
    pub fn text_in(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }
}

/// An operation that is turned off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchedOff {
    /// The operation's name in the OpenAPI document.
    pub operation: String,
    /// Why.
    pub reason: Reason,
    /// Since when.
    pub since_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_told_in_both_languages() {
        let reason = Reason::new(" The bank is closed. ", "银行维护中。").unwrap();
        assert_eq!(reason.text_in(Language::En), "The bank is closed.");
        assert_eq!(reason.text_in(Language::Zh), "银行维护中。");
        let faults = Reason::new(" ", &"维".repeat(REASON_LENGTH_MAX + 1)).unwrap_err();
        assert_eq!(faults, [ReasonFault(Language::En), ReasonFault(Language::Zh)]);
        assert_eq!(Reason::new("a\u{7}b", "维护").unwrap_err(), [ReasonFault(Language::En)]);
    }
}
