//! What survives between a refused form and the page that shows it again.

use super::answer::{AnswerParts, session};
use crate::{fault::Fault, site_path::SitePath};
use serde::{Deserialize, Serialize};
use tower_sessions::{Session, session};

/// What was entered and what was wrong with it, kept in the session until the page is shown.
///
/// Secrets have no way in: a page asks for them again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FormFlash {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

/// A kept value is cut here, so that a session row cannot be filled by a form.
const VALUE_CHARS_MAX: usize = 500;

/// A kept list of lines is cut here: twenty addresses of five hundred characters.
const LINES_CHARS_MAX: usize = 10_500;

impl FormFlash {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Keeps what was entered in a field that is no secret.
    #[must_use]
    pub(crate) fn keep(mut self, field: &str, value: &str) -> Self {
        let value = value.chars().take(VALUE_CHARS_MAX).collect();
        self.values.push((field.to_owned(), value));
        self
    }

    /// Keeps a list that was entered, one entry per line.
    #[must_use]
    pub(crate) fn keep_long(mut self, field: &str, lines: &str) -> Self {
        let lines = lines.chars().take(LINES_CHARS_MAX).collect();
        self.values.push((field.to_owned(), lines));
        self
    }

    /// Records what is wrong with a field, in the reader's language. The first error of a field wins.
    pub(crate) fn refuse(&mut self, field: &str, message: impl Into<String>) {
        if self.error(field).is_none() {
            self.errors.push((field.to_owned(), message.into()));
        }
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    pub(crate) fn value(&self, field: &str) -> Option<&str> {
        find(&self.values, field)
    }

    pub(crate) fn error(&self, field: &str) -> Option<&str> {
        find(&self.errors, field)
    }

    /// Every error in the order of the checks, as field and message.
    pub(crate) fn errors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.errors.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// Stores this for the named form and sends the browser back to the form's page.
    pub(crate) async fn send_back(self, form: &str, page: &SitePath) -> Result<(), Fault> {
        if let Some(session) = session() {
            self.store(&session, form).await?;
        }
        AnswerParts::current().see_other(page);
        Ok(())
    }

    /// Stores this for the named form, for whoever answers a form without a server function.
    pub(crate) async fn store(self, session: &Session, form: &str) -> Result<(), session::Error> {
        session.insert(&session_key(form), self).await
    }

    /// Takes what was stored for the named form; nothing stored is a form not yet filled in.
    pub(crate) async fn take(form: &str) -> Self {
        let Some(session) = session() else { return Self::default() };
        match session.remove(&session_key(form)).await {
            Ok(flash) => flash.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(form, %error, "the kept form {form} cannot be read, showing it empty");
                Self::default()
            }
        }
    }
}

fn session_key(form: &str) -> String {
    format!("form:{form}")
}

fn find<'a>(pairs: &'a [(String, String)], field: &str) -> Option<&'a str> {
    pairs.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
}

#[cfg(test)]
mod tests {
    use super::{FormFlash, VALUE_CHARS_MAX};

    #[test]
    fn first_error_of_a_field_wins() {
        let mut flash = FormFlash::new().keep("email", "a@b");
        assert!(flash.is_clean());
        flash.refuse("email", "first");
        flash.refuse("email", "second");
        assert_eq!(flash.error("email"), Some("first"));
        assert_eq!(flash.errors().count(), 1);
        assert_eq!(flash.value("email"), Some("a@b"));
    }

    #[test]
    fn kept_values_are_bounded_in_characters_not_bytes() {
        let flash = FormFlash::new().keep("name", &"支".repeat(10_000));
        assert_eq!(flash.value("name").map(|value| value.chars().count()), Some(VALUE_CHARS_MAX));
    }
}
