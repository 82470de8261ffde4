//! Announcements: what administrators tell everybody at the top of pages. Owns what makes one fit to be
//! shown and when it is; text is text and never markup.

use crate::Language;
use crate::ids::AnnouncementId;
use crate::text_enum::text_enum;

/// The most characters an announcement may have in either language.
pub const TEXT_LENGTH_MAX: usize = 400;

text_enum! {
    /// How pressing an announcement is.
    AnnouncementTone {
        /// Good to know.
        Info => "info",
        /// Something does not work as usual, or soon will not.
        Warning => "warning",
    }
}

/// What an administrator writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementDraft {
    /// The text for readers of English.
    pub text_en: String,
    /// The text for readers of Chinese.
    pub text_zh: String,
    /// How pressing it is.
    pub tone: AnnouncementTone,
    /// Whether visitors who are not signed in see it on the start page as well.
    pub on_landing: bool,
    /// From when on it is shown.
    pub from_ms: i64,
    /// Until when; without an end, until somebody takes it away.
    pub until_ms: Option<i64>,
}

/// Why an announcement cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnnouncementFault {
    /// The English text is empty, too long or has control characters.
    #[error("the English text has to have 1 to {TEXT_LENGTH_MAX} characters")]
    TextEn,
    /// The Chinese text is empty, too long or has control characters.
    #[error("the Chinese text has to have 1 to {TEXT_LENGTH_MAX} characters")]
    TextZh,
    /// It would end before it begins.
    #[error("the end has to lie behind the beginning")]
    Until,
}

impl AnnouncementDraft {
    /// The draft with its texts trimmed, or everything that is wrong with it.
    pub fn checked(mut self) -> Result<Self, Vec<AnnouncementFault>> {
        self.text_en = self.text_en.trim().to_owned();
        self.text_zh = self.text_zh.trim().to_owned();
        let mut faults = Vec::new();
        for (text, fault) in [(&self.text_en, AnnouncementFault::TextEn), (&self.text_zh, AnnouncementFault::TextZh)] {
            if !is_text(text, TEXT_LENGTH_MAX) {
                faults.push(fault);
            }
        }
        if self.until_ms.is_some_and(|until_ms| until_ms <= self.from_ms) {
            faults.push(AnnouncementFault::Until);
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

/// Whether a text says something, not too much, and in letters only.
pub(crate) fn is_text(text: &str, length_max: usize) -> bool {
    (1..=length_max).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// An announcement that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The id.
    pub id: AnnouncementId,
    /// What it says, and when.
    pub draft: AnnouncementDraft,
    /// When it was made.
    pub created_at_ms: i64,
}

impl Announcement {
    /// Its text for a reader.
    #[must_use]
    pub fn text_in(&self, language: Language) -> &str {
        match language {
            Language::En => &self.draft.text_en,
            Language::Zh => &self.draft.text_zh,
        }
    }

    /// Whether it is shown at this time.
    #[must_use]
    pub fn is_shown_at(&self, now_ms: i64) -> bool {
        self.draft.from_ms <= now_ms && self.draft.until_ms.is_none_or(|until_ms| now_ms < until_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> AnnouncementDraft {
        AnnouncementDraft {
            text_en: " Maintenance ".to_owned(),
            text_zh: "维护".to_owned(),
            tone: AnnouncementTone::Info,
            on_landing: false,
            from_ms: 10,
            until_ms: Some(20),
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let bad = AnnouncementDraft {
            text_en: " \n ".to_owned(),
            text_zh: "维".repeat(TEXT_LENGTH_MAX + 1),
            until_ms: Some(10),
            ..draft()
        };
        let faults = bad.checked().unwrap_err();
        assert_eq!(faults, [AnnouncementFault::TextEn, AnnouncementFault::TextZh, AnnouncementFault::Until]);
        let bad = AnnouncementDraft { text_en: "a\u{7}b".to_owned(), ..draft() };
        assert_eq!(bad.checked().unwrap_err(), [AnnouncementFault::TextEn]);
    }

    #[test]
    fn it_is_shown_from_its_beginning_until_before_its_end() {
        let id = AnnouncementId::from_parts(1, [1; 10]);
        let announcement = Announcement { id, draft: draft().checked().unwrap(), created_at_ms: 1 };
        assert_eq!(announcement.draft.text_en, "Maintenance");
        assert_eq!([9, 10, 19, 20].map(|now_ms| announcement.is_shown_at(now_ms)), [false, true, true, false]);
        let endless = AnnouncementDraft { until_ms: None, ..draft() };
        assert!(Announcement { draft: endless, ..announcement }.is_shown_at(i64::MAX));
    }
}
