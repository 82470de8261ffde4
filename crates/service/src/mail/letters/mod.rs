//! What Tallyport writes to people, one file per occasion, in both languages side by side.
//!
//! A letter names nothing that a stranger may have typed, such as a name at sign-up: otherwise
//! anybody could have us send their words to anybody. Its links begin with the public address that
//! the operator set, whatever host a request came to.

mod account_closed;
mod address_changed;
mod address_taken;
mod change_address;
mod password_changed;
mod reset_password;
mod second_step_changed;
mod sign_up_known;
mod verify_address;

pub(crate) use account_closed::account_closed;
pub(crate) use address_changed::address_changed;
pub(crate) use address_taken::address_taken;
pub(crate) use change_address::change_address;
pub(crate) use password_changed::password_changed;
pub(crate) use reset_password::reset_password;
pub(crate) use second_step_changed::{SecondStepChange, second_step_changed};
pub(crate) use sign_up_known::sign_up_known;
pub(crate) use verify_address::verify_address;

use super::Letter;

/// A letter of paragraphs, each of which stands by itself: text, or a link.
pub(crate) fn letter(subject: &str, paragraphs: &[&str]) -> Letter {
    Letter { subject: subject.to_owned(), text: format!("{}\n\n-- \nTallyport\n", paragraphs.join("\n\n")) }
}

#[cfg(test)]
mod tests {
    use tallyport_domain::Language;

    use super::*;

    #[test]
    fn every_letter_has_its_link_on_a_line_of_its_own_in_both_languages() {
        let link = "https://pay.example/x?token=t";
        for language in Language::ALL {
            let letters = [
                account_closed(language),
                address_changed(language, "new@example.com", link),
                address_taken(language, link),
                change_address(language, link),
                password_changed(language, link),
                reset_password(language, link),
                second_step_changed(language, SecondStepChange::On, link),
                sign_up_known(language, link, link),
                verify_address(language, link),
            ];
            for (position, letter) in letters.iter().enumerate() {
                assert!(!letter.subject.contains('\n') && !letter.subject.is_empty());
                let has_han = letter.text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
                assert_eq!(has_han, language == Language::Zh, "{letter:?}");
                assert_eq!(letter.text.lines().any(|line| line == link), position != 0, "{letter:?}");
            }
        }
    }
}
