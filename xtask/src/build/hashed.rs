//! Names that change with their content, so that a browser may keep a file for ever.

use super::manifest::Manifest;
use super::wasm::STEM;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Renames script, wasm and style sheet under `pkg/`. Script and wasm share one name, because the
/// page that loads them knows only one.
pub(crate) fn rename(site: &Path) -> Result<Manifest> {
    let pkg = site.join("pkg");
    let script = std::fs::read_to_string(pkg.join(format!("{STEM}.js")))?;
    let wasm = std::fs::read(pkg.join(format!("{STEM}_bg.wasm")))?;
    let css = std::fs::read(pkg.join(format!("{STEM}.css")))?;

    let stem = format!("{STEM}-{}", hash(&[script.as_bytes(), &wasm]));
    let sheet = format!("{STEM}-{}.css", hash(&[&css]));
    let script = script.replace(&format!("{STEM}_bg.wasm"), &format!("{stem}_bg.wasm"));
    std::fs::remove_file(pkg.join(format!("{STEM}.js")))?;
    std::fs::write(pkg.join(format!("{stem}.js")), script)?;
    std::fs::rename(pkg.join(format!("{STEM}_bg.wasm")), pkg.join(format!("{stem}_bg.wasm")))?;
    std::fs::rename(pkg.join(format!("{STEM}.css")), pkg.join(&sheet))?;

    let immutable = vec![format!("pkg/{stem}.js"), format!("pkg/{stem}_bg.wasm"), format!("pkg/{sheet}")];
    Ok(Manifest { css: format!("pkg/{sheet}"), stem, immutable })
}

/// Twelve hexadecimal digits: enough to tell builds apart.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(wasm: &[u8]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let pkg = dir.path().join("pkg");
        std::fs::create_dir(&pkg).unwrap();
        std::fs::write(pkg.join("portal.js"), "new URL('portal_bg.wasm', import.meta.url)").unwrap();
        std::fs::write(pkg.join("portal_bg.wasm"), wasm).unwrap();
        std::fs::write(pkg.join("portal.css"), "a{}").unwrap();
        dir
    }

    #[test]
    fn script_and_wasm_share_a_stem_and_the_script_knows_it() {
        let site = site(b"one");
        let manifest = rename(site.path()).unwrap();
        let script = std::fs::read_to_string(site.path().join(format!("pkg/{}.js", manifest.stem))).unwrap();
        assert_eq!(script, format!("new URL('{}_bg.wasm', import.meta.url)", manifest.stem));
        assert!(manifest.immutable.iter().all(|name| site.path().join(name).is_file()));
    }

    #[test]
    fn other_content_gets_another_name() {
        let (one, two) = (site(b"one"), site(b"two"));
        let (one, two) = (rename(one.path()).unwrap(), rename(two.path()).unwrap());
        assert_ne!(one.stem, two.stem);
        assert_eq!(one.css, two.css);
    }
}
