//! What a password has to be. Owns the rules; hashes nothing and keeps nothing.

mod common;
mod strength;

pub use strength::Strength;

/// The fewest characters a password may have.
pub const LENGTH_MIN: usize = 10;
/// The most bytes a password may have; longer ones only cost time.
pub const LENGTH_MAX: usize = 256;

/// What is wrong with a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too few characters.
    #[error("the password is too short")]
    Short,
    /// Too many bytes.
    #[error("the password is too long")]
    Long,
    /// Among those that are tried first, or little more than the person's own name or address.
    #[error("the password is easy to guess")]
    Common,
}

/// Checks a new password of a person whose name and address are known.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(password: &str, name: &str, email: &str) -> Result<(), PasswordFault> {
    if password.chars().count() < LENGTH_MIN {
        return Err(PasswordFault::Short);
    }
    if password.len() > LENGTH_MAX {
        return Err(PasswordFault::Long);
    }
    let lower = password.to_lowercase();
    let is_easy = common::is_common(&lower) || repeats_itself(&lower) || is_personal(&lower, name, email);
    if is_easy { Err(PasswordFault::Common) } else { Ok(()) }
}

/// Whether it is one or two characters over and over, as in `abababababab`.
fn repeats_itself(lower: &str) -> bool {
    let mut seen: Vec<char> = Vec::new();
    for character in lower.chars() {
        if !seen.contains(&character) {
            seen.push(character);
        }
        if seen.len() > 2 {
            return false;
        }
    }
    true
}

/// Whether little is left of it without the person's own name and address.
fn is_personal(lower: &str, name: &str, email: &str) -> bool {
    /// What is shorter stands in many a good password by chance.
    const PART_CHARS_MIN: usize = 4;
    /// What has to be left.
    const REST_CHARS_MIN: usize = 6;
    let (name, email) = (name.to_lowercase(), email.to_lowercase());
    let domain = email.split('@').nth(1).unwrap_or_default();
    let parts = [email.as_str(), email.split('@').next().unwrap_or_default(), domain, name.as_str()];
    let words = name.split_whitespace().chain(domain.split('.'));
    let mut parts: Vec<&str> =
        parts.into_iter().chain(words).filter(|part| part.chars().count() >= PART_CHARS_MIN).collect();
    // The longest first: the address before the name in it.
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let rest = parts.iter().fold(lower.to_owned(), |rest, part| rest.replace(part, ""));
    rest.len() < lower.len() && rest.chars().count() < REST_CHARS_MIN
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fault(password: &str) -> Option<PasswordFault> {
        check(password, "Ada Lovelace", "ada.l@example.com").err()
    }

    #[test]
    fn phrases_are_accepted() {
        for password in ["correct horse battery", "三个人走在路上遇见一只猫", "kX9!vTq2#mLp", "my cat eats lemons"]
        {
            assert_eq!(fault(password), None, "{password}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_below_and_bytes_above() {
        assert_eq!(fault("kX9!vTq2#"), Some(PasswordFault::Short));
        assert_eq!(fault("猫狗鸟鱼马牛羊猪鸡"), Some(PasswordFault::Short));
        assert_eq!(fault(&"aB3 ".repeat(64)), None);
        assert_eq!(fault(&format!("{}x", "aB3 ".repeat(64))), Some(PasswordFault::Long));
    }

    #[test]
    fn what_is_tried_first_is_refused_in_any_case_and_stretched_too() {
        for password in
            ["password123", "PassWord123", "qwertyuiop", "1234567890", "Iloveyou1234", "Password2031!", "dragon!!!!123"]
        {
            assert_eq!(fault(password), Some(PasswordFault::Common), "{password}");
        }
    }

    #[test]
    fn repetition_and_the_persons_own_name_are_refused() {
        for password in
            ["aaaaaaaaaaaa", "abababababab", "Lovelace123", "ada.l@example.com", "adalovelace12", "1lovelaceada"]
        {
            assert_eq!(fault(password), Some(PasswordFault::Common), "{password}");
        }
        assert_eq!(fault("lovelace eats lemons"), None);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(password in ".{0,300}", name in ".{0,20}", email in ".{0,20}") {
            let _ = check(&password, &name, &email);
            let _ = Strength::of(&password);
        }
    }
}
