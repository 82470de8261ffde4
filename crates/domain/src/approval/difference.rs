//! How one submission differs from the one before: field by field, and in texts word by word.

use super::answers::{Answers, Field};

/// A field whose answer is another one than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// The way from the answer before to the present one.
    pub pieces: Vec<Piece>,
}

/// A part of a text and of the text that took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It stands in both.
    Same(String),
    /// It stood in the first.
    Removed(String),
    /// It stands in the second.
    Added(String),
}

/// Texts of more words are compared as a whole: the comparison takes the product of their lengths.
const WORDS_MAX: usize = 1_000;

/// The fields that changed, in the order of the form. Documents are compared by their hashes elsewhere.
#[must_use]
pub fn compare(before: &Answers, after: &Answers) -> Vec<Change> {
    let changed = Field::ALL.iter().filter(|field| before.get(**field) != after.get(**field));
    changed.map(|field| Change { field: *field, pieces: words(before.get(*field), after.get(*field)) }).collect()
}

/// What was taken out and put in, word by word; Chinese character by character.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let (first, second) = (split(before), split(after));
    let start = first.iter().zip(&second).take_while(|(a, b)| a == b).count();
    let rest = first.len().min(second.len()) - start;
    let end = first.iter().rev().zip(second.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (middle, other) = (&first[start..first.len() - end], &second[start..second.len() - end]);

    let mut pieces = Pieces::default();
    pieces.same(&first[..start]);
    if middle.len().max(other.len()) > WORDS_MAX {
        pieces.removed(middle);
        pieces.added(other);
    } else {
        pieces.between(middle, other);
    }
    pieces.same(&first[first.len() - end..]);
    pieces.0
}

/// Words, blanks and single characters of scripts that set no blanks between words.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut last = Kind::Single;
    for (at, letter) in text.char_indices() {
        let kind = Kind::of(letter);
        if at > start && (kind != last || kind == Kind::Single) {
            parts.push(&text[start..at]);
            start = at;
        }
        last = kind;
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Blank,
    Single,
}

impl Kind {
    fn of(letter: char) -> Self {
        if letter.is_whitespace() {
            Self::Blank
        } else if letter.is_alphanumeric() && letter < '\u{2e80}' {
            Self::Word
        } else {
            Self::Single
        }
    }
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    /// Walks along the longest common row of words, found by the table of its lengths.
    fn between(&mut self, first: &[&str], second: &[&str]) {
        let width = second.len() + 1;
        let mut lengths = vec![0_u16; (first.len() + 1) * width];
        for i in (0..first.len()).rev() {
            for j in (0..second.len()).rev() {
                lengths[i * width + j] = if first[i] == second[j] {
                    lengths[(i + 1) * width + j + 1] + 1
                } else {
                    lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < first.len() && j < second.len() {
            if first[i] == second[j] {
                self.same(&first[i..=i]);
                (i, j) = (i + 1, j + 1);
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                self.removed(&first[i..=i]);
                i += 1;
            } else {
                self.added(&second[j..=j]);
                j += 1;
            }
        }
        self.removed(&first[i..]);
        self.added(&second[j..]);
    }

    fn same(&mut self, words: &[&str]) {
        let text = words.concat();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Same(last)) => last.push_str(&text),
            _ => self.0.push(Piece::Same(text)),
        }
    }

    fn removed(&mut self, words: &[&str]) {
        let text = words.concat();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Removed(last)) => last.push_str(&text),
            _ => self.0.push(Piece::Removed(text)),
        }
    }

    fn added(&mut self, words: &[&str]) {
        let text = words.concat();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Added(last)) => last.push_str(&text),
            _ => self.0.push(Piece::Added(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}]"),
            Piece::Added(text) => format!("[+{text}]"),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn words_are_taken_out_and_put_in() {
        assert_eq!(
            shown(&words("Sells books in Europe.", "Sells printed books in Asia.")),
            "Sells [+printed ]books in [-Europe][+Asia]."
        );
        assert_eq!(shown(&words("", "new")), "[+new]");
        assert_eq!(shown(&words("old", "")), "[-old]");
        assert_eq!(shown(&words("same", "same")), "same");
    }

    #[test]
    fn chinese_is_compared_character_by_character() {
        assert_eq!(shown(&words("向欧洲读者销售图书", "向亚洲读者销售纸质图书")), "向[-欧][+亚]洲读者销售[+纸质]图书");
    }

    #[test]
    fn texts_beyond_the_bound_are_compared_as_a_whole() {
        let (before, after) = ("a ".repeat(2_000), "b ".repeat(2_000));
        assert_eq!(words(&before, &after).len(), 3);
    }

    #[test]
    fn only_changed_fields_are_told() {
        let mut before = Answers::default();
        before.set(Field::Country, "DE");
        before.set(Field::LegalName, "Bookshop");
        let mut after = before.clone();
        after.set(Field::LegalName, "Bookshop GmbH");
        let changes = compare(&before, &after);
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].field, shown(&changes[0].pieces).as_str()), (Field::LegalName, "Bookshop[+ GmbH]"));
    }

    proptest! {
        #[test]
        fn both_texts_are_found_in_the_pieces(before in "[ab 书。\n]{0,40}", after in "[ab 书。\n]{0,40}") {
            let pieces = words(&before, &after);
            let of = |wanted: fn(&Piece) -> Option<&String>| pieces.iter().filter_map(wanted).cloned().collect::<String>();
            let first = of(|piece| match piece { Piece::Same(text) | Piece::Removed(text) => Some(text), Piece::Added(_) => None });
            let second = of(|piece| match piece { Piece::Same(text) | Piece::Added(text) => Some(text), Piece::Removed(_) => None });
            prop_assert_eq!((first, second), (before, after));
        }
    }
}
