//! With the feature `embed`, lists the files of `TALLYPORT_SITE_DIR` as Rust source, so that they
//! become part of the program. Without it there is nothing to do and no folder is needed.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_EMBED").is_none() {
        return Ok(());
    }
    println!("cargo::rerun-if-env-changed=TALLYPORT_SITE_DIR");
    let site = env::var_os("TALLYPORT_SITE_DIR").ok_or("the feature `embed` needs TALLYPORT_SITE_DIR")?;
    let site = PathBuf::from(site).canonicalize()?;
    println!("cargo::rerun-if-changed={}", site.display());
    let mut files = Vec::new();
    collect(&site, &mut files)?;
    files.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("site.rs");
    fs::write(out, source(&site, &files)?)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn source(site: &Path, files: &[PathBuf]) -> Result<String, Box<dyn std::error::Error>> {
    let mut text = String::from("&[\n");
    for path in files {
        let name = path.strip_prefix(site)?.to_str().ok_or("file names are UTF-8")?.replace('\\', "/");
        let tag = tag(&fs::read(path)?);
        writeln!(text, "    ({name:?}, include_bytes!({path:?}), {tag:?}),")?;
    }
    text.push_str("]\n");
    Ok(text)
}

/// FNV-1a with 128 bits: tells contents apart, which is all that an entity tag has to do.
fn tag(bytes: &[u8]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}
