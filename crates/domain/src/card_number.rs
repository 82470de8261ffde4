//! Numbers of payment cards in texts. The platform takes none: a card is named by a token, and whoever sends its number
//! by mistake is refused before anything of it is stored.
//!
//! A card number has 13 to 19 digits, in one run or in the groups that stand on cards, with the check digit of
//! ISO/IEC 7812, and begins as those of some network do. A tenth of all numbers has a fitting check digit by chance, so
//! without the last rule a tenth of the order numbers that begin with a date or a time would be refused.

/// The digits that card numbers have.
const LENGTHS: std::ops::RangeInclusive<usize> = 13..=19;
/// Groups of digits as they stand on cards; a fifth group of three follows the first form on some.
const GROUPED: [&[usize]; 4] = [&[4, 4, 4, 4], &[4, 4, 4, 4, 3], &[4, 6, 5], &[4, 6, 4]];

/// Whether a text has what may be the number of a card.
#[must_use]
pub fn is_in(text: &str) -> bool {
    if text.bytes().filter(u8::is_ascii_digit).count() < *LENGTHS.start() {
        return false;
    }
    let words = words(text);
    (0..words.len()).any(|first| {
        let rest = &words[first..];
        is_card_number(rest[0].digits) || GROUPED.iter().any(|groups| is_card_number(&joined(rest, groups)))
    })
}

/// Letters and digits without anything between them.
struct Word<'t> {
    /// The whole of it where it is digits alone.
    digits: &'t str,
    /// The one character between it and the next word, where that is what stands between groups.
    gap: Option<char>,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(|char| !is_part(char));
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(|char| !is_part(char)).unwrap_or(rest.len()));
        let next = behind.trim_start_matches(|char| !is_part(char));
        let gap = &behind[..behind.len() - next.len()];
        let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
        words.push(Word {
            digits: if is_digits { word } else { "" },
            gap: gap.chars().next().filter(|gap_char| gap.len() == 1 && matches!(gap_char, ' ' | '-')),
        });
        rest = next;
    }
    words
}

/// The digits of the first words when they are groups of these lengths, with the same character between all of them.
fn joined(words: &[Word<'_>], groups: &[usize]) -> String {
    let Some(words) = words.get(..groups.len()) else { return String::new() };
    let gaps = &words[..groups.len() - 1];
    let fit = words.iter().zip(groups).all(|(word, length)| word.digits.len() == *length)
        && gaps.iter().all(|word| word.gap.is_some() && word.gap == gaps[0].gap);
    if fit { words.iter().map(|word| word.digits).collect() } else { String::new() }
}

fn is_card_number(digits: &str) -> bool {
    LENGTHS.contains(&digits.len()) && is_of_a_network(digits) && has_check_digit(digits)
}

/// American Express, Diners Club, JCB, Visa, Mastercard, Maestro, Discover, UnionPay, RuPay, Elo, Mir and Troy.
fn is_of_a_network(digits: &str) -> bool {
    let begins = |length| digits.get(..length).and_then(|first| first.parse::<u32>().ok()).unwrap_or_default();
    matches!(begins(1), 3..=6) || matches!(begins(2), 81 | 82) || matches!(begins(4), 2200..=2204 | 2221..=2720 | 9792)
}

/// Whether the last digit is the one that Luhn's formula makes of the others.
fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0') << (place % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the networks publish for tests.
    const NUMBERS: [&str; 12] = [
        "4111111111111111",
        "4242424242424242",
        "4222222222222",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "30569309025904",
        "3566002020360505",
        "6011111111111117",
        "6200000000000005",
        "6205500000000000004",
        "2201382000000013",
    ];

    #[test]
    fn numbers_of_every_network_are_found_wherever_they_stand() {
        for number in NUMBERS {
            for text in [
                number.to_owned(),
                format!("card: {number}."),
                format!("卡号{number}，谢谢"),
                format!("x/{number}?y=1"),
            ] {
                assert!(is_in(&text), "{text}");
            }
        }
    }

    #[test]
    fn numbers_in_the_groups_of_cards_are_found() {
        for text in [
            "4242 4242 4242 4242",
            "4242-4242-4242-4242",
            "pay with 4242 4242 4242 4242 12/29",
            "2024 4242 4242 4242 4242",
            "6205 5000 0000 0000 004",
            "3782 822463 10005",
            "3056 930902 5904",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_let_through() {
        for text in [
            "",
            "4111111111111112",
            "411111111111111",
            "42424242424242424242",
            "card_4242424242424242",
            "4242424242424242x",
            "4242 4242-4242 4242",
            "4242  4242 4242 4242",
            "4242,4242,4242,4242",
            // A date, a time of day and a counter; milliseconds since 1970. Both have a fitting check digit.
            "202611221415300008",
            "1763821402122",
            // A UUID whose first groups are digits.
            "42424242-4242-4242-8abc-0123456789ab",
            "pay_01k4242424242424242",
        ] {
            assert!(!is_in(text), "{text}");
        }
        assert!(has_check_digit("202611221415300008") && has_check_digit("1763821402122"));
    }

    #[test]
    fn every_change_of_one_digit_is_another_number() {
        for number in NUMBERS {
            for place in 0..number.len() {
                let mut other = number.as_bytes().to_vec();
                other[place] = b'0' + (other[place] - b'0' + 1) % 10;
                assert!(!has_check_digit(std::str::from_utf8(&other).unwrap()), "{number} at {place}");
            }
        }
    }
}
