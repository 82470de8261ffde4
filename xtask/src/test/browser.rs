//! The portal as people see it: Playwright drives Chromium against the development build. Its
//! configuration starts the server.

use super::summary::Line;
use super::{Ground, count};
use crate::build::{self, Mode, Options};
use crate::{places, prepare, run};
use anyhow::Result;
use std::process::Command;

pub(crate) fn run(ground: &Ground) -> Result<Line> {
    prepare::for_browser_tests()?;
    let binary = build::everything(&Options::dev())?;
    let mut npx = run::clean(Command::new("npx"));
    npx.current_dir(places::end2end()).args(["--no-install", "playwright", "test"]);
    npx.env("TALLYPORT_BIN", binary)
        .env(build::SITE_DIR_SETTING, Mode::Dev.site_dir())
        .env("TALLYPORT_TEST_POSTGRES", ground.postgres_url()?)
        .env("FORCE_COLOR", "0");
    if ground.deep {
        npx.env("TALLYPORT_TEST_DEEP", "1");
    }
    count::playwright(&mut npx)
}
