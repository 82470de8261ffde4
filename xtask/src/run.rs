//! Running other programs: each step is announced, timed, and ended by Ctrl-C.

use crate::beside::say;
use crate::interrupt;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

const POLL: Duration = Duration::from_millis(20);

/// Colours a text when somebody is looking.
pub(crate) fn paint(code: &str, text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Announces what happens next.
pub(crate) fn announce(title: &str) {
    say(&format!("{} {title}", paint("36;1", "==>")));
}

/// Says what was found to be in place already, or how something ended.
pub(crate) fn note(text: &str) {
    say(&format!("    {text}"));
}

/// Announces a step, does it and says how long it took.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    announce(title);
    let started = Instant::now();
    let value = work().with_context(|| title.to_owned())?;
    note(&format!("done in {}", duration(started.elapsed())));
    Ok(value)
}

/// Runs a command to its end with the terminal's own output, and fails if it does.
pub(crate) fn command(command: &mut Command) -> Result<()> {
    let status = wait(spawn(command)?)?;
    if status.success() {
        return Ok(());
    }
    bail!("`{}` ended with {status}", shown(command))
}

/// Runs a command quietly and returns what it printed; its complaints are part of the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot run `{}`", shown(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    bail!("`{}` ended with {}: {}", shown(command), output.status, complaint.trim())
}

/// Runs a command and shows each line of its standard output to `see`, which prints what it likes.
pub(crate) fn lines(command: &mut Command, mut see: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    let stdout = child.stdout.take().expect("standard output is piped");
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(stdout).split(b'\n').map_while(Result::ok);
        lines.map(|line| String::from_utf8_lossy(&line).into_owned()).all(|line| send.send(line).is_ok())
    });
    while !interrupt::happened() {
        match receive.recv_timeout(POLL) {
            Ok(line) => see(line.trim_end_matches('\r')),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = wait(child)?;
    drop(reader.join());
    Ok(status)
}

pub(crate) fn spawn(command: &mut Command) -> Result<Child> {
    if interrupt::happened() {
        bail!("interrupted");
    }
    command.spawn().with_context(|| format!("cannot run `{}`", shown(command)))
}

/// Waits for a child; on Ctrl-C it is ended and the wait becomes an error.
pub(crate) fn wait(mut child: Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            if interrupt::happened() {
                bail!("interrupted");
            }
            return Ok(status);
        }
        if interrupt::happened() {
            end(&mut child, Duration::from_secs(5));
            bail!("interrupted");
        }
        std::thread::sleep(POLL);
    }
}

/// Asks a child to end, and insists when it has not after `patience`.
pub(crate) fn end(child: &mut Child, patience: Duration) {
    let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).stderr(Stdio::null()).status();
    let asked = Instant::now();
    while asked.elapsed() < patience {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        std::thread::sleep(POLL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Rustup's cargo, free of what `cargo run` put into our own environment: with it, the same build
/// would look different from one that was started by hand, and be done again.
pub(crate) fn cargo() -> Command {
    clean(Command::new("cargo"))
}

pub(crate) fn clean(mut command: Command) -> Command {
    command.current_dir(crate::places::root()).env_remove("LD_LIBRARY_PATH").env_remove("CARGO");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Whether a program can be found on the PATH.
pub(crate) fn exists(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program is on the PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

/// The command as one would type it, without its environment.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A duration as a person says it.
pub(crate) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds >= 60 {
        return format!("{} min {:02} s", seconds / 60, seconds % 60);
    }
    format!("{seconds}.{} s", duration.subsec_millis() / 100)
}
