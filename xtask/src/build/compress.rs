//! Brotli and gzip copies beside each file that shrinks, made once at build time so that the
//! server never compresses an asset.

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

const COMPRESSIBLE: [&str; 9] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "xml"];

/// Compresses every file of the site that is worth it.
pub(crate) fn site(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            site(&path)?;
        } else if is_compressible(&path) {
            file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

fn file(path: &Path) -> Result<()> {
    let content = std::fs::read(path)?;
    for (suffix, packed) in [("br", brotli(&content)?), ("gz", gzip(&content)?)] {
        if packed.len() < content.len() {
            std::fs::write(format!("{}.{suffix}", path.display()), packed)?;
        }
    }
    Ok(())
}

pub(crate) fn is_compressible(path: &Path) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params =
        BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..BrotliEncoderParams::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_unpack_to_the_original_and_pictures_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let text = "tallyport ".repeat(500);
        std::fs::write(dir.path().join("a.css"), &text).unwrap();
        std::fs::write(dir.path().join("b.png"), &text).unwrap();

        site(dir.path()).unwrap();

        let mut unpacked = Vec::new();
        let packed = std::fs::read(dir.path().join("a.css.br")).unwrap();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(dir.path().join("a.css.gz").is_file());
        assert!(!dir.path().join("b.png.br").exists());
    }

    #[test]
    fn a_file_that_does_not_shrink_gets_no_copy() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "x").unwrap();
        site(dir.path()).unwrap();
        assert!(!dir.path().join("a.txt.gz").exists());
    }
}
