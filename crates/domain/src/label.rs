//! Names and descriptions that people give to things. They are shown to other people, so they hold
//! nothing invisible that could make them look like something else.

/// The most characters a name may have.
pub const NAME_CHARS_MAX: usize = 80;
/// The most characters a description may have.
pub const DESCRIPTION_CHARS_MAX: usize = 500;

/// The text cannot be a name or a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text for people is not empty, not too long, and has no control characters")]
pub struct InvalidLabel;

/// Reads a name: one line of 1 to [`NAME_CHARS_MAX`] characters, without blanks around it.
///
/// # Errors
/// [`InvalidLabel`] when it is empty, too long or holds a character that nobody sees.
pub fn name(text: &str) -> Result<String, InvalidLabel> {
    let text = text.trim();
    let fits = (1..=NAME_CHARS_MAX).contains(&text.chars().count());
    if fits && !text.chars().any(is_hidden) { Ok(text.to_owned()) } else { Err(InvalidLabel) }
}

/// Reads a description: up to [`DESCRIPTION_CHARS_MAX`] characters on any number of lines, or none.
///
/// # Errors
/// [`InvalidLabel`] when it is too long or holds a character that nobody sees.
pub fn description(text: &str) -> Result<String, InvalidLabel> {
    let text = text.trim().replace("\r\n", "\n");
    let fits = text.chars().count() <= DESCRIPTION_CHARS_MAX;
    let hides = text.chars().any(|letter| letter != '\n' && is_hidden(letter));
    if fits && !hides { Ok(text) } else { Err(InvalidLabel) }
}

/// Control characters, and those that turn the direction of the text behind them: with them one name
/// can be made to look like another.
fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{DESCRIPTION_CHARS_MAX, InvalidLabel, NAME_CHARS_MAX, description, name};

    #[test]
    fn blanks_around_a_name_do_not_count() {
        assert_eq!(name("  书店 Bookshop\t").as_deref(), Ok("书店 Bookshop"));
        assert_eq!(name(&"店".repeat(NAME_CHARS_MAX)).map(|name| name.chars().count()), Ok(NAME_CHARS_MAX));
    }

    #[test]
    fn what_nobody_sees_is_refused() {
        for text in ["", "  ", "a\nb", "a\0b", "shop\u{202e}gpj.exe", "a\u{2066}b", "a\u{2028}b"] {
            assert_eq!(name(text), Err(InvalidLabel), "{text:?}");
        }
        assert_eq!(name(&"x".repeat(NAME_CHARS_MAX + 1)), Err(InvalidLabel));
        assert_eq!(description("a\u{202e}b"), Err(InvalidLabel));
        assert_eq!(description(&"x".repeat(DESCRIPTION_CHARS_MAX + 1)), Err(InvalidLabel));
    }

    #[test]
    fn a_description_may_be_empty_and_may_have_lines() {
        assert_eq!(description(" "), Ok(String::new()));
        assert_eq!(description("one\r\ntwo"), Ok("one\ntwo".to_owned()));
    }
}
