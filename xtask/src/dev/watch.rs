//! Notices changed files by looking at them: a few hundred, three times a second, on every kind of
//! file system.

use crate::{interrupt, places};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

const WATCHED: [&str; 11] = [
    "app",
    "crates",
    "docs",
    "frontend",
    "migrations",
    "public",
    "server",
    "style",
    "Cargo.lock",
    "Cargo.toml",
    "tallyport.example.toml",
];
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// An editor or a checkout writes several files; a change is over when nothing moved for so long.
const SETTLES_AFTER: Duration = Duration::from_millis(120);

type Snapshot = BTreeMap<String, (u64, Option<SystemTime>)>;

pub(crate) struct Watch {
    seen: Snapshot,
}

impl Watch {
    /// Remembers how things are now.
    pub(crate) fn begin() -> Self {
        Self { seen: snapshot(places::root()) }
    }

    /// Waits for the next change and returns its paths; nothing once Ctrl-C was pressed.
    pub(crate) fn next_change(&mut self) -> Option<Vec<String>> {
        loop {
            let mut now = snapshot(places::root());
            let changed = difference(&self.seen, &now);
            if changed.is_empty() {
                std::thread::sleep(LOOK_EVERY);
                if interrupt::happened() {
                    return None;
                }
                continue;
            }
            loop {
                std::thread::sleep(SETTLES_AFTER);
                let later = snapshot(places::root());
                if later == now {
                    break;
                }
                now = later;
            }
            let changed = difference(&self.seen, &now);
            self.seen = now;
            return Some(changed);
        }
    }
}

fn snapshot(root: &Path) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for name in WATCHED {
        look(&root.join(name), name, &mut snapshot);
    }
    snapshot
}

/// A file that goes away while one looks is simply not there.
fn look(path: &Path, name: &str, snapshot: &mut Snapshot) {
    let Ok(metadata) = path.metadata() else { return };
    if !metadata.is_dir() {
        snapshot.insert(name.to_owned(), (metadata.len(), metadata.modified().ok()));
        return;
    }
    let Ok(entries) = path.read_dir() else { return };
    for entry in entries.flatten() {
        let child = entry.file_name().to_string_lossy().into_owned();
        if !child.starts_with('.') {
            look(&entry.path(), &format!("{name}/{child}"), snapshot);
        }
    }
}

/// Paths that are new, gone or different.
fn difference(before: &Snapshot, now: &Snapshot) -> Vec<String> {
    let changed = now.iter().filter(|(path, state)| before.get(*path) != Some(*state));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    changed.chain(gone).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_removed_files_are_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let style = dir.path().join("style");
        std::fs::create_dir(&style).unwrap();
        for name in ["same.css", "changed.css", "gone.css", ".hidden.swp"] {
            std::fs::write(style.join(name), "a").unwrap();
        }
        let before = snapshot(dir.path());

        std::fs::write(style.join("changed.css"), "longer").unwrap();
        std::fs::write(style.join("new.css"), "").unwrap();
        std::fs::write(style.join(".hidden.swp"), "longer").unwrap();
        std::fs::remove_file(style.join("gone.css")).unwrap();

        let changed = difference(&before, &snapshot(dir.path()));
        assert_eq!(changed, ["style/changed.css", "style/new.css", "style/gone.css"]);
    }
}
