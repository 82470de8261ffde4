//! Passwords that are tried first. The list ships with the binary, in the order of its bytes.

/// Ten characters and more, in lower case, one on each line. Shorter ones are refused for that.
const LIST: &str = include_str!("common.txt");

/// Whether the password is on the list, or is a word of the list with digits and marks behind it.
pub(super) fn is_common(lower: &str) -> bool {
    let stem = lower.trim_end_matches(|character: char| character.is_ascii_digit() || character.is_ascii_punctuation());
    is_listed(lower) || is_listed_stem(stem)
}

fn is_listed(lower: &str) -> bool {
    let lines = lines();
    lines.binary_search(&lower).is_ok()
}

/// Whether some line is the stem and digits. A stem that is long enough for a password is listed
/// by itself.
fn is_listed_stem(stem: &str) -> bool {
    if stem.is_empty() {
        return false;
    }
    let lines = lines();
    let from = lines.partition_point(|line| *line < stem);
    lines[from..]
        .iter()
        .take_while(|line| line.starts_with(stem))
        .any(|line| line[stem.len()..].bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_punctuation()))
}

fn lines() -> &'static [&'static str] {
    static LINES: std::sync::OnceLock<Vec<&str>> = std::sync::OnceLock::new();
    LINES.get_or_init(|| LIST.lines().collect())
}

#[cfg(test)]
mod tests {
    use super::super::LENGTH_MIN;
    use super::lines;

    #[test]
    fn the_list_is_what_the_search_expects() {
        assert!(lines().len() > 3_000);
        assert!(lines().is_sorted());
        for line in lines() {
            assert!(line.len() >= LENGTH_MIN && *line == line.to_lowercase() && !line.contains(' '), "{line:?}");
        }
    }
}
