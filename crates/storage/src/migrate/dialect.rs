//! Turns the one text of a migration into a database's dialect. It replaces whole words of the SQL
//! and leaves comments and quoted texts as they are.

use crate::dialect::Dialect;

/// What a word of a migration means to the database; other words mean themselves.
fn word_in(dialect: Dialect, word: &str) -> Option<&'static str> {
    Some(match (dialect, word) {
        (Dialect::Sqlite, "BIGINT") => "INTEGER",
        (Dialect::Sqlite, "BYTES") => "BLOB",
        (Dialect::Sqlite, "CLUSTERED") => "STRICT, WITHOUT ROWID",
        // Text is compared byte by byte, as SQLite and Rust do, whatever the server's language:
        // ids then sort by their time, rows are locked in the order in which we sort them, and
        // comparing is cheap.
        (Dialect::Postgres, "TEXT") => "TEXT COLLATE \"C\"",
        (Dialect::Postgres, "BYTES") => "BYTEA",
        (Dialect::Postgres, "STRICT" | "CLUSTERED") => "",
        _ => return None,
    })
}

pub(super) fn translate(sql: &str, dialect: Dialect) -> String {
    let mut translated = String::with_capacity(sql.len() * 2);
    let mut rest = sql;
    while !rest.is_empty() {
        let (token, length) = next_token(rest);
        let text = &rest[..length];
        translated.push_str(match token {
            Token::Word => word_in(dialect, text).unwrap_or(text),
            Token::Verbatim => text,
        });
        rest = &rest[length..];
    }
    translated
}

enum Token {
    Word,
    Verbatim,
}

/// The token at the start of a text, and its length in bytes.
fn next_token(text: &str) -> (Token, usize) {
    if text.starts_with("--") {
        return (Token::Verbatim, text.find('\n').unwrap_or(text.len()));
    }
    let first = text.chars().next().unwrap_or_default();
    match first {
        // A doubled quote inside reads as two quoted texts in a row, which comes to the same.
        '\'' | '"' => {
            let end = text[1..].find(first).map_or(text.len(), |position| position + 2);
            (Token::Verbatim, end)
        }
        _ if is_of_word(first) => (Token::Word, text.find(|c| !is_of_word(c)).unwrap_or(text.len())),
        _ => (Token::Verbatim, first.len_utf8()),
    }
}

fn is_of_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- STRICT isn't BYTES here; 'TEXT\n\
        CREATE TABLE t (n BIGINT, b BYTES, c TEXT CHECK (c <> 'STRICT ''TEXT'), BIGINT_2 BIGINT) STRICT;\n\
        CREATE TABLE u (\"TEXT\" TEXT) CLUSTERED;";

    #[test]
    fn words_are_those_of_sqlite() {
        assert_eq!(
            translate(TEXT, Dialect::Sqlite),
            "-- STRICT isn't BYTES here; 'TEXT\n\
             CREATE TABLE t (n INTEGER, b BLOB, c TEXT CHECK (c <> 'STRICT ''TEXT'), BIGINT_2 INTEGER) STRICT;\n\
             CREATE TABLE u (\"TEXT\" TEXT) STRICT, WITHOUT ROWID;"
        );
    }

    #[test]
    fn words_are_those_of_postgres() {
        assert_eq!(
            translate(TEXT, Dialect::Postgres),
            "-- STRICT isn't BYTES here; 'TEXT\n\
             CREATE TABLE t (n BIGINT, b BYTEA, c TEXT COLLATE \"C\" CHECK (c <> 'STRICT ''TEXT'), BIGINT_2 BIGINT) ;\n\
             CREATE TABLE u (\"TEXT\" TEXT COLLATE \"C\") ;"
        );
    }
}
