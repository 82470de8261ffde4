//! `cargo xtask dev`: watches the checkout, rebuilds what changed, restarts the server and tells
//! the browser. A build that fails leaves the running server alone.

mod plan;
mod reload;
mod server;
mod watch;

use crate::build::{self, Mode, Options};
use crate::{interrupt, run};
use anyhow::Result;
use plan::Work;
use reload::Reloader;
use server::Running;
use std::path::Path;
use watch::Watch;

pub(crate) fn run(settings: &[String]) -> Result<()> {
    let watch = Watch::begin();
    let binary = build::everything(&Options::dev())?;
    let reloader = Reloader::start()?;
    let mut server = Running::start(&binary, settings)?;
    run::announce("watching; Ctrl-C ends");
    let ended = keep_up(watch, &binary, &reloader, &mut server);
    server.stop();
    ended
}

fn keep_up(mut watch: Watch, binary: &Path, reloader: &Reloader, server: &mut Running) -> Result<()> {
    loop {
        let Some(changed) = watch.next_change() else { return Ok(()) };
        let work = Work::for_paths(&changed);
        if let Err(error) = perform(work, binary, reloader, server) {
            if interrupt::happened() {
                return Ok(());
            }
            run::note(&format!("{} {error:#}", run::paint("31;1", "not rebuilt:")));
        }
    }
}

fn perform(work: Work, binary: &Path, reloader: &Reloader, server: &mut Running) -> Result<()> {
    if work.styles {
        run::step("style sheet", build::write_css)?;
    }
    if work.public {
        run::step("public files", || build::copy_public(&Mode::Dev.site_dir()))?;
    }
    if work.browser {
        build::site(Mode::Dev)?;
    }
    if work.server {
        build::server(&Options::dev())?;
        run::step("restarting the server", || server.restart(binary))?;
    }
    if work.browser || work.server || work.public {
        reloader.reload_page();
    } else if work.styles {
        reloader.swap_styles();
    }
    Ok(())
}
