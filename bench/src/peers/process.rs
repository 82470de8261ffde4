//! A peer's process: started on a free port, ready when it answers, ended when it is dropped.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::server::answers;

/// Importing everything takes an interpreter a while.
const START_TIMEOUT: Duration = Duration::from_secs(30);

pub(super) struct Process {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Process {
    /// Starts the program, which learns its port by the environment or the command line.
    pub(super) async fn start(address: SocketAddr, command: &mut Command) -> Result<Self> {
        command.env("PEER_PORT", address.port().to_string()).stdin(Stdio::null()).stdout(Stdio::null());
        let mut process = Self { child: command.spawn()?, address };
        let started = Instant::now();
        while !answers(address) {
            if let Some(status) = process.child.try_wait()? {
                bail!("it ended at its start with {status}");
            }
            if started.elapsed() > START_TIMEOUT {
                bail!("it did not answer within {START_TIMEOUT:?}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(process)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A cluster's workers end with a primary that was asked to end.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}
