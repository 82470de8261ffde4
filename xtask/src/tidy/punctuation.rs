//! Chinese texts have Chinese punctuation: a narrow comma beside a Chinese character reads as a slip.

use super::Finding;
use super::tree::Tree;

const WRITTEN_IN: [&str; 3] = [".md", ".rs", ".ts"];
const NARROW: [char; 5] = [',', ';', ':', '!', '?'];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let files = WRITTEN_IN.into_iter().flat_map(|suffix| tree.ending(suffix));
    files.flat_map(|(path, text)| of_file(path, text)).collect()
}

fn of_file(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().enumerate().filter(|(_, line)| has_narrow(line));
    lines.map(|(at, _)| Finding::new(path, at + 1, "narrow punctuation beside a Chinese character")).collect()
}

fn has_narrow(line: &str) -> bool {
    let pairs = line.chars().zip(line.chars().skip(1));
    pairs.into_iter().any(|(left, right)| {
        (is_chinese(left) && NARROW.contains(&right)) || (NARROW.contains(&left) && is_chinese(right))
    })
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_punctuation_on_either_side_is_caught() {
        for mark in NARROW {
            for text in [format!("let a = \"支付{mark}退款\";"), format!("余额 USD{mark}元"), format!("退款{mark} 1")]
            {
                let findings = check(&Tree::from([("app/src/a.rs", format!("\n{text}\n").as_str())]));
                assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2], "{text}");
            }
        }
    }

    #[test]
    fn wide_punctuation_and_code_beside_texts_are_fine() {
        for text in ["\"支付，退款。\",", "(\"Pay\", \"支付\"),", "1,000 元", "`a:b` 的值", "a, b; 其余"] {
            assert!(check(&Tree::from([("docs/guides/zh/a.md", text)])).is_empty(), "{text}");
        }
    }
}
