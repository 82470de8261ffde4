//! A folder in memory for what tests write and throw away: each test has databases of its own, and
//! making their hundreds of files on a disk takes longer than most tests.

use std::path::Path;
use std::process::Command;

/// Where Linux keeps shared memory; a file there is a piece of memory.
const FOLDER: &str = "/dev/shm";
/// What a whole run may have in use at once, with room to spare. Containers often have 64 MiB.
const KIB_MIN: u64 = 4 << 20;

/// The folder, where the machine has one with enough room. Elsewhere the disk serves as well.
fn folder() -> Option<&'static Path> {
    let said = Command::new("df").args(["--output=avail", "-k", FOLDER]).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let available: u64 = text.lines().nth(1)?.trim().parse().ok()?;
    (available >= KIB_MIN).then_some(Path::new(FOLDER))
}

/// Lets a program keep its temporary files there.
pub(crate) fn for_temporary_files(command: &mut Command) -> &mut Command {
    match folder() {
        Some(folder) => command.env("TMPDIR", folder),
        None => command,
    }
}
