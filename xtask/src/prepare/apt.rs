//! Debian's packages: the only way xtask installs anything outside the checkout.

use crate::run;
use anyhow::{Result, bail};
use std::process::{Command, Stdio};

/// Installs packages, after refreshing the lists when they do not know them all.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if !run::exists("apt-get") {
        bail!("this machine has no apt-get; install the equivalent of {} by hand", packages.join(", "));
    }
    if !packages.iter().all(|package| is_known(package)) {
        run::step("refreshing Debian's package lists", || run::command(as_root("apt-get")?.args(["update", "-qq"])))?;
    }
    run::step(&format!("installing {}", packages.join(", ")), || {
        let mut apt = as_root("apt-get")?;
        apt.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
        run::command(apt.stdout(Stdio::null()))
    })
}

/// Runs a program with the rights to change the machine: directly as root, else through sudo.
pub(crate) fn as_root(program: &str) -> Result<Command> {
    if is_root()? {
        let mut command = Command::new(program);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(command);
    }
    if !run::exists("sudo") {
        bail!("`{program}` has to change the machine: run this as root, or install sudo");
    }
    let mut command = Command::new("sudo");
    command.args(["DEBIAN_FRONTEND=noninteractive", program]);
    Ok(command)
}

pub(crate) fn is_root() -> Result<bool> {
    Ok(run::output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// Whether the package lists on this machine offer a package in some version.
pub(crate) fn is_known(package: &str) -> bool {
    run::output(Command::new("apt-cache").args(["policy", package]))
        .is_ok_and(|policy| policy.contains("Candidate:") && !policy.contains("Candidate: (none)"))
}
