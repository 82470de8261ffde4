//! The table of what a browser downloads, beside what it may.

use super::Mode;
use super::manifest::Manifest;
use crate::run;
use anyhow::Result;
use std::path::Path;

/// Script and wasm of the landing page, brotli.
const LANDING_BYTES_MAX: u64 = 150_000;

struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints raw, gzip and brotli sizes of the assets, and how the landing page stands.
pub(crate) fn print(site: &Path, manifest: &Manifest) -> Result<()> {
    let mut rows = manifest.immutable.iter().map(|name| measure(site, name)).collect::<Result<Vec<_>>>()?;
    let (script, wasm) = (&rows[0], &rows[1]);
    let page = Row {
        name: "JS + wasm of a page with islands".to_owned(),
        raw: script.raw + wasm.raw,
        gzip: script.gzip + wasm.gzip,
        brotli: script.brotli + wasm.brotli,
    };
    let landing = page.brotli;
    rows.push(page);

    println!("\n    {:<42} {:>10} {:>10} {:>10}", "asset", "raw", "gzip", "brotli");
    for row in &rows {
        println!("    {:<42} {:>10} {:>10} {:>10}", row.name, shown(row.raw), shown(row.gzip), shown(row.brotli));
    }
    println!("    {:<42} {:>10} {:>10} {:>10}", "JS + wasm of a page without islands", "0", "0", "0");
    let verdict = if landing <= LANDING_BYTES_MAX { "within" } else { "OVER" };
    run::note(&format!(
        "landing page: {} of {} allowed, {verdict} the budget\n",
        shown(landing),
        shown(LANDING_BYTES_MAX)
    ));
    Ok(())
}

/// What the landing page of the release site loads, script and wasm, brotli.
pub(crate) fn landing_bytes() -> Result<u64> {
    let site = Mode::Release.site_dir();
    let manifest = Manifest::read(&site)?;
    let scripts = manifest.immutable.iter().take(2).map(|name| measure(&site, name));
    scripts.map(|row| row.map(|row| row.brotli)).sum()
}

fn measure(site: &Path, name: &str) -> Result<Row> {
    let raw = std::fs::metadata(site.join(name))?.len();
    let packed =
        |suffix: &str| std::fs::metadata(site.join(format!("{name}.{suffix}"))).map_or(raw, |metadata| metadata.len());
    Ok(Row { name: name.to_owned(), raw, gzip: packed("gz"), brotli: packed("br") })
}

/// Bytes as kilobytes with one digit.
fn shown(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn sizes_are_cut_not_rounded_up() {
        assert_eq!(shown(149_999), "149.9 KB");
        assert_eq!(shown(80), "0.0 KB");
    }
}
