//! The measured program as a process: started, asked, watched, ended or killed.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::connection::Connection;
use crate::ground::Ground;

/// Longer than any start takes, the recovery after a crash included.
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// Between two looks at a server that starts: short beside what is measured.
const LOOK_AGAIN: Duration = Duration::from_micros(500);

/// A running server. Dropped, it is killed.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Where it tells its figures.
    metrics: SocketAddr,
    /// From the start of the process to its first answer.
    pub(crate) started_in: Duration,
}

/// What a lane wrote.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batches {
    count: u64,
    commands: u64,
}

impl Batches {
    /// How many commands a batch had on average since then.
    pub(crate) fn average_since(self, before: Self) -> u64 {
        let count = (self.count - before.count).max(1);
        ((self.commands - before.commands + count / 2) / count).max(1)
    }
}

impl Server {
    /// Starts the program on a free port and waits for the first 200.
    pub(crate) fn start(ground: &Ground) -> Result<Self> {
        let (address, metrics) = (free_address()?, free_address()?);
        let mut command = command(ground, "serve");
        command.args(["--listen", &address.to_string(), "--metrics-listen", &metrics.to_string()]);
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot run {}", ground.server.display()))?;
        let mut server = Self { child, address, metrics, started_in: Duration::ZERO };
        while !answers(address) {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended at its start with {status}");
            }
            if started.elapsed() > START_TIMEOUT {
                bail!("the server did not answer within {START_TIMEOUT:?}");
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        server.started_in = started.elapsed();
        Ok(server)
    }

    /// Host and port, as they stand in `Host`.
    pub(crate) fn authority(&self) -> String {
        self.address.to_string()
    }

    /// How many batches its lane wrote since it started, and how many commands were in them.
    pub(crate) async fn batches(&self) -> Result<Batches> {
        let request = format!("GET /metrics HTTP/1.1\r\nhost: {}\r\n\r\n", self.metrics);
        let mut connection = Connection::open(self.metrics).await?;
        let answer = connection.ask(request.as_bytes()).await.context("the admin listener")?;
        let text = String::from_utf8_lossy(answer.body).into_owned();
        let figure = |name: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            found.map_or(Ok(0), |value| value.parse().with_context(|| format!("{name} is {value}")))
        };
        Ok(Batches {
            count: figure("tallyport_lane_batch_commands_count")?,
            commands: figure("tallyport_lane_batch_commands_sum")?,
        })
    }

    /// Resident memory.
    pub(crate) fn resident_kib(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS of the server")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Ends it as an operator does, and expects a clean end.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        let status = self.child.wait()?;
        if !asked.success() || !status.success() {
            bail!("the server ended with {status}");
        }
        Ok(())
    }

    /// `kill -9`: nothing of the program runs any more when this returns.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command of the program, with all settings as they are by default, apart from where things are.
pub(crate) fn command(ground: &Ground, name: &str) -> Command {
    let mut command = Command::new(&ground.server);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("TALLYPORT_")) {
            command.env_remove(name);
        }
    }
    command
        .current_dir(&ground.data_dir)
        .args([name, "--data-dir"])
        .arg(&ground.data_dir)
        .env("TALLYPORT_DATABASE_URL", &ground.database_url)
        .env("TALLYPORT_KEY_ENCRYPTION_KEY", ground.key_setting().as_str())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Whether somebody says 200 there.
pub(crate) fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<[u8; 12]> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start)
    };
    ask().is_ok_and(|start| start == *b"HTTP/1.1 200")
}

/// An address that nobody listens on.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
