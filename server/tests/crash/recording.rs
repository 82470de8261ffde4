//! What the program wrote and synced, as `strace` saw it, and what a disk may hold of it when the power
//! goes: everything that was synced, and of the rest anything.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What a disk writes as a whole.
const SECTOR: usize = 512;

/// The system calls to record, for `strace`.
pub(crate) const CALLS: &str = "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat2";

/// Something that happened to a file.
#[derive(Debug)]
enum What {
    Write {
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate(usize),
    Remove,
    /// Everything of the file that was begun before this step is on disk.
    Synced {
        begun_at: usize,
    },
}

#[derive(Debug)]
struct Step {
    at_ms: i64,
    file: String,
    what: What,
}

/// Files before the program ran, and everything that it did to them.
pub(crate) struct Recording {
    before: BTreeMap<String, Vec<u8>>,
    steps: Vec<Step>,
}

/// What is on a disk.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl Recording {
    /// Reads the trace of a program that worked on the files of this folder, which were these before.
    pub(crate) fn read(trace: &str, folder: &Path, before: Files) -> Self {
        let mut steps = Vec::new();
        // A call that another thread's line cut in two: where it began, and what it says.
        let mut begun: HashMap<&str, (usize, String)> = HashMap::new();
        for line in trace.lines() {
            let (thread, rest) = line.split_once(' ').unwrap();
            let (at, call) = rest.trim_start().split_once(' ').unwrap();
            let at_ms = milliseconds(at);
            if let Some(first) = call.strip_suffix(" <unfinished ...>") {
                begun.insert(thread, (steps.len(), first.to_owned()));
                // What was begun may be on disk from here on.
                steps.extend(change(first, folder).map(|(file, what)| Step { at_ms, file, what }));
                continue;
            }
            if call.starts_with("<... ") {
                let Some((begun_at, first)) = begun.remove(thread) else { continue };
                let file = synced(&first, folder).filter(|_| call.ends_with("= 0"));
                steps.extend(file.map(|file| Step { at_ms, file, what: What::Synced { begun_at } }));
                continue;
            }
            let begun_at = steps.len();
            steps.extend(change(call, folder).map(|(file, what)| Step { at_ms, file, what }));
            let file = synced(call, folder).filter(|_| call.ends_with("= 0"));
            steps.extend(file.map(|file| Step { at_ms, file, what: What::Synced { begun_at } }));
        }
        Self { before, steps }
    }

    /// How many moments there are at which the power may go.
    pub(crate) fn moments(&self) -> usize {
        self.steps.len() + 1
    }

    /// How often a file was synced.
    pub(crate) fn syncs_of(&self, file: &str) -> usize {
        self.count_of(file, |what| matches!(what, What::Synced { .. }))
    }

    /// How often a file was written from its beginning.
    pub(crate) fn beginnings_of(&self, file: &str) -> usize {
        self.count_of(file, |what| matches!(what, What::Write { offset: 0, .. }))
    }

    fn count_of(&self, file: &str, is_meant: impl Fn(&What) -> bool) -> usize {
        self.steps.iter().filter(|step| step.file == file && is_meant(&step.what)).count()
    }

    /// The time of a moment; none after everything.
    pub(crate) fn time_ms(&self, moment: usize) -> Option<i64> {
        self.steps.get(moment).map(|step| step.at_ms)
    }

    /// What a disk may hold when the power goes at this moment. `draw` decides about all that was not
    /// synced: kept, lost, or kept in part, sector by sector.
    pub(crate) fn disk_at(&self, moment: usize, draw: &mut dyn FnMut(u64) -> u64) -> Files {
        let mut files = self.before.clone();
        let mut waiting: BTreeMap<&str, Vec<(usize, &What)>> = BTreeMap::new();
        for (number, step) in self.steps[..moment].iter().enumerate() {
            let of_file = waiting.entry(&step.file).or_default();
            match step.what {
                What::Synced { begun_at } => {
                    for (_, what) in of_file.extract_if(.., |(number, _)| *number < begun_at) {
                        apply(&mut files, &step.file, what, &mut |_| true);
                    }
                    // Whatever is synced has a name.
                    files.entry(step.file.clone()).or_default();
                }
                _ => of_file.push((number, &step.what)),
            }
        }
        for (file, rest) in waiting {
            let mode = draw(4);
            for (_, what) in rest {
                match mode {
                    0 => {}
                    1 => apply(&mut files, file, what, &mut |_| true),
                    2 if draw(2) == 0 => {}
                    2 => apply(&mut files, file, what, &mut |_| true),
                    _ => apply(&mut files, file, what, &mut |_| draw(2) == 0),
                }
            }
        }
        files
    }
}

/// Does to the files what a step says; of a write, only the sectors that are kept.
fn apply(files: &mut Files, file: &str, what: &What, keeps: &mut dyn FnMut(usize) -> bool) {
    match what {
        What::Synced { .. } => {}
        What::Remove => {
            if keeps(0) {
                files.remove(file);
            }
        }
        What::Truncate(length) => {
            if keeps(0) {
                files.entry(file.to_owned()).or_default().resize(*length, 0);
            }
        }
        What::Write { offset, bytes } => {
            let content = files.entry(file.to_owned()).or_default();
            let mut from = *offset;
            let end = offset + bytes.len();
            while from < end {
                let to = ((from / SECTOR + 1) * SECTOR).min(end);
                if keeps(from / SECTOR) {
                    if content.len() < to {
                        content.resize(to, 0);
                    }
                    content[from..to].copy_from_slice(&bytes[from - offset..to - offset]);
                }
                from = to;
            }
        }
    }
}

/// The change that a call makes to a file of the folder.
fn change(call: &str, folder: &Path) -> Option<(String, What)> {
    let (name, arguments) = call.split_once('(')?;
    match name {
        "pwrite64" => {
            let file = file_of(arguments, folder)?;
            let (_, rest) = arguments.split_once(", \"")?;
            let (bytes, rest) = rest.split_once('"')?;
            assert!(!rest.starts_with("..."), "strace has cut what was written to {file}");
            let offset = rest.trim_start_matches(", ").split_once(", ")?.1;
            let offset = offset.split([')', ' ']).next()?.parse().unwrap();
            Some((file, What::Write { offset, bytes: unhex(bytes) }))
        }
        "ftruncate" => {
            let file = file_of(arguments, folder)?;
            let length = arguments.rsplit_once(">, ")?.1.split([')', ' ']).next()?.parse().unwrap();
            Some((file, What::Truncate(length)))
        }
        "unlink" | "unlinkat" => {
            let path = arguments.split('"').nth(1)?;
            Some((within(&unhex(path), folder)?, What::Remove))
        }
        "write" | "rename" | "renameat2" => {
            let touched = file_of(arguments, folder);
            assert_eq!(touched, None, "a call that this recording does not know: {call}");
            None
        }
        _ => None,
    }
}

/// The file that a call syncs.
fn synced(call: &str, folder: &Path) -> Option<String> {
    let (name, arguments) = call.split_once('(')?;
    matches!(name, "fsync" | "fdatasync").then(|| file_of(arguments, folder)).flatten()
}

/// The file of a descriptor, as `strace -y` shows it.
fn file_of(arguments: &str, folder: &Path) -> Option<String> {
    let (_, rest) = arguments.split_once('<')?;
    within(&unhex(rest.split_once('>')?.0), folder)
}

/// The name of a file that lies in the folder. The index of the log is shared memory and no disk's.
fn within(path: &[u8], folder: &Path) -> Option<String> {
    let path = Path::new(std::str::from_utf8(path).ok()?);
    let name = path.strip_prefix(folder).ok()?.to_str()?;
    (!name.is_empty() && !name.ends_with("-shm")).then(|| name.to_owned())
}

/// `\x41\x42`, as `strace -xx` writes bytes.
fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// `1790000000.123456`, as `strace -ttt` writes the time.
fn milliseconds(at: &str) -> i64 {
    let (seconds, micros) = at.split_once('.').unwrap();
    seconds.parse::<i64>().unwrap() * 1_000 + micros.parse::<i64>().unwrap() / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = "/d";

    /// Two sectors of which the first is synced, and a file that is removed.
    fn recording() -> Recording {
        let hex = |text: &str| text.bytes().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
        let (file, log) = (hex("/d/a"), hex("/d/b"));
        let (first, second) = (hex(&"1".repeat(512)), hex(&"2".repeat(512)));
        let trace = [
            format!("7 1790000000.000001 pwrite64(3<{file}>, \"{first}\", 512, 0) = 512"),
            format!("7 1790000000.100000 fsync(3<{file}> <unfinished ...>"),
            format!("8 1790000000.200000 pwrite64(3<{file}>, \"{second}\", 512, 512) = 512"),
            "7 1790000000.300000 <... fsync resumed>) = 0".to_owned(),
            format!("8 1790000000.400000 unlink(\"{log}\") = 0"),
            "7 1790000000.500000 +++ exited with 0 +++".to_owned(),
        ];
        let before = [("b".to_owned(), b"log".to_vec())].into();
        Recording::read(&trace.join("\n"), Path::new(FOLDER), before)
    }

    #[test]
    fn what_is_synced_stays_and_the_rest_may_be_lost() {
        let recording = recording();
        assert_eq!((recording.moments(), recording.syncs_of("a"), recording.syncs_of("b")), (5, 1, 0));
        assert_eq!((recording.beginnings_of("a"), recording.beginnings_of("b")), (1, 0));
        let end = recording.moments() - 1;
        let lost = recording.disk_at(end, &mut |_| 0);
        assert_eq!((lost["a"].as_slice(), lost["b"].as_slice()), ([b'1'; 512].as_slice(), b"log".as_slice()));
        let kept = recording.disk_at(end, &mut |_| 1);
        assert_eq!(kept["a"], ["1".repeat(512), "2".repeat(512)].concat().into_bytes());
        assert!(!kept.contains_key("b"));
        // Before the sync has ended, nothing is sure.
        assert_eq!(recording.disk_at(2, &mut |_| 0).get("a"), None);
        assert_eq!((recording.time_ms(0), recording.time_ms(end)), (Some(1_790_000_000_000), None));
    }
}
