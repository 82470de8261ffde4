//! Starting the built program and talking to it over plain sockets, so that tests see the bytes.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Longer than anything here takes, so that a hanging server fails its test.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A command of the program with nothing of this process's settings, in a folder of its own.
pub(crate) fn tallyport(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tallyport"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("TALLYPORT_")) {
            command.env_remove(name);
        }
    }
    command
}

/// The same command, started by another one that takes it as its last arguments.
fn instead_of(command: &Command, mut by: Command) -> Command {
    by.arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => by.env(name, value),
            None => by.env_remove(name),
        };
    }
    by.current_dir(command.get_current_dir().unwrap());
    by
}

/// The same command, whose files cannot get larger than so many blocks; it is told so, and not killed.
pub(crate) fn limited(command: &Command, blocks: u32) -> Command {
    const SIGNAL_OF_FILE_SIZE: u32 = 25;
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap '' {SIGNAL_OF_FILE_SIZE}; ulimit -f {blocks}; exec \"$0\" \"$@\""));
    instead_of(command, shell)
}

/// Waits until something that happens by itself has happened; fails when it takes far too long.
pub(crate) fn until(mut condition: impl FnMut() -> bool) {
    let patience = std::time::Instant::now() + PATIENCE;
    while !condition() {
        assert!(std::time::Instant::now() < patience, "it happens in time");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Runs a command to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    tallyport(folder, arguments).envs(variables.iter().copied()).output().unwrap()
}

/// A running server; dropped, it is killed.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// What it said at the start.
    pub(crate) greeting: Vec<String>,
    pub(crate) folder: TempDir,
}

impl Server {
    /// Starts `tallyport serve` on free ports with a data folder of its own.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), arguments, &[])
    }

    pub(crate) fn start_in(folder: TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start_with(folder, arguments, variables, Stdio::null())
    }

    /// The same, with everything that it has to log in a file.
    pub(crate) fn start_logging(folder: TempDir, arguments: &[&str], log: &Path) -> Self {
        let log = File::create(log).unwrap();
        Self::start_with(folder, &[arguments, &["--log", "debug"]].concat(), &[], log.into())
    }

    /// The same with `strace` watching every thread as these arguments say. It is nobody's parent, so
    /// signals reach the server itself.
    pub(crate) fn start_traced(watching: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = tallyport(folder.path(), &Self::SERVE);
        let mut traced = Command::new("strace");
        traced.args(["-D", "-f", "--seccomp-bpf"]).args(watching).arg("--");
        Self::start_by(instead_of(&server, traced), folder, variables)
    }

    /// Starts a server by a command that comes to [`Self::SERVE`].
    pub(crate) fn start_by(command: Command, folder: TempDir, variables: &[(&str, &str)]) -> Self {
        Self::started(command, folder, variables, Stdio::null())
    }

    /// What every server is started with.
    pub(crate) const SERVE: [&str; 5] = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"];

    fn start_with(folder: TempDir, arguments: &[&str], variables: &[(&str, &str)], stderr: Stdio) -> Self {
        let command = tallyport(folder.path(), &[&Self::SERVE, arguments].concat());
        Self::started(command, folder, variables, stderr)
    }

    fn started(mut command: Command, folder: TempDir, variables: &[(&str, &str)], stderr: Stdio) -> Self {
        let mut child = command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let mut greeting = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            greeting.push(line.unwrap());
            if greeting.last().unwrap().trim_start().starts_with("database") {
                break;
            }
        }
        let after = |word: &str| {
            let line = greeting.iter().find(|line| line.trim_start().starts_with(word));
            line.and_then(|line| line.split_whitespace().last()).unwrap_or_else(|| panic!("no {word} in {greeting:?}"))
        };
        let address = after("listening").parse().unwrap();
        let admin = after("metrics").trim_start_matches("http://").trim_end_matches("/metrics").parse().unwrap();
        Self { child, address, admin, greeting, folder }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends one request on a connection of its own. `head` is the request line and headers,
    /// separated by line feeds.
    pub(crate) fn ask(&self, head: &str) -> Answer {
        ask(self.address, head, b"")
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends one request and reads its answer to the end of the connection.
pub(crate) fn ask(address: SocketAddr, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(request(head).as_bytes()).unwrap();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(body);
    Answer::read(stream)
}

/// The bytes of a request's head.
pub(crate) fn request(head: &str) -> String {
    let (line, headers) = head.split_once('\n').unwrap_or((head, ""));
    let headers: String = headers.lines().map(|line| format!("{}\r\n", line.trim())).collect();
    format!("{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n")
}

/// An answer, split but not interpreted.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// Reads until the server closes. A reset after a complete answer is as good as a close.
    pub(crate) fn read(mut stream: impl Read) -> Self {
        let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
        while let Ok(length) = stream.read(&mut chunk) {
            if length == 0 {
                break;
            }
            bytes.extend_from_slice(&chunk[..length]);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { status, headers, body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }
}
