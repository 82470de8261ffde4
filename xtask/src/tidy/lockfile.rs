//! Lock files of npm name no server: which mirror a machine uses is not the project's business.

use super::Finding;
use super::tree::Tree;

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending("package-lock.json") {
        for (at, line) in text.lines().enumerate() {
            let value = line.trim().strip_prefix("\"resolved\":").map(str::trim_start);
            if value.is_some_and(|value| {
                value.starts_with("\"http") || value.starts_with("\"file:") || value.starts_with("\"/")
            }) {
                findings.push(Finding::new(path, at + 1, "a download address or machine path in a lock file"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_address_in_a_lock_file_is_caught() {
        let lock = "{\n  \"resolved\": \"https://registry.example/a.tgz\",\n  \"integrity\": \"sha512-x\"\n}";
        let findings = check(&Tree::from([("end2end/package-lock.json", lock)]));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
    }

    #[test]
    fn a_lock_file_with_checksums_only_is_fine() {
        assert!(check(&Tree::from([("package-lock.json", "{ \"integrity\": \"sha512-x\" }")])).is_empty());
    }
}
