//! Numbers as people read them, in both languages alike.

use std::fmt::Display;

/// `1,250`: a whole number with its thousands set apart.
pub(crate) fn grouped(number: impl Display) -> String {
    let number = number.to_string();
    let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
    let mut text = String::from(sign);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 entry`, `1,250 entries`: a number with the word for one, or the word for any other.
pub(crate) fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, [one, other]: [&str; 2]) -> String {
    let word = if number == N::from(1) { one } else { other };
    format!("{} {word}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped};

    #[test]
    fn one_has_a_word_of_its_own() {
        let entries = |number: i64| counted(number, ["entry", "entries"]);
        assert_eq!([0, 1, 2, 1_001].map(entries), ["0 entries", "1 entry", "2 entries", "1,001 entries"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 7, 999, 1_000].map(grouped), ["0", "7", "999", "1,000"]);
        assert_eq!([-1, -999, -1_000, -123_456].map(grouped), ["-1", "-999", "-1,000", "-123,456"]);
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }
}
