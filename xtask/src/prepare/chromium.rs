//! The browser of the tests, and a Chinese font so that their pictures show what people see.

use crate::prepare::apt;
use crate::run;
use anyhow::Result;
use std::path::Path;

const CHINESE_FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

pub(crate) fn ready() -> Result<()> {
    let mut missing = Vec::new();
    if !run::exists("chromium") {
        missing.push("chromium");
    }
    if !Path::new(CHINESE_FONT).is_file() {
        missing.push("fonts-noto-cjk");
    }
    if missing.is_empty() { Ok(()) } else { apt::install(&missing) }
}
