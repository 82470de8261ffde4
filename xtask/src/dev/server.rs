//! The server of the development loop: started, awaited, restarted.

use crate::build::Mode;
use crate::{interrupt, run, serve};
use anyhow::{Result, bail};
use std::net::TcpStream;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

const LISTEN_USUAL: &str = "127.0.0.1:3000";
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// Open pages keep connections; nobody in development waits for a full drain.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Running {
    child: Child,
    settings: Vec<String>,
}

impl Running {
    pub(crate) fn start(binary: &Path, settings: &[String]) -> Result<Self> {
        let child = spawn(binary, settings)?;
        let mut running = Self { child, settings: settings.to_vec() };
        running.wait_until_listening()?;
        Ok(running)
    }

    /// Replaces the server by one of the new binary.
    pub(crate) fn restart(&mut self, binary: &Path) -> Result<()> {
        self.stop();
        self.child = spawn(binary, &self.settings)?;
        self.wait_until_listening()
    }

    pub(crate) fn stop(&mut self) {
        run::end(&mut self.child, STOP_PATIENCE);
    }

    fn wait_until_listening(&mut self) -> Result<()> {
        let address = listen_address(&self.settings, std::env::var("TALLYPORT_LISTEN").ok());
        let started = Instant::now();
        while started.elapsed() < START_TIMEOUT && !interrupt::happened() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status}");
            }
            if TcpStream::connect(&address).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("the server does not answer at {address}")
    }
}

fn spawn(binary: &Path, settings: &[String]) -> Result<Child> {
    let mut server = serve::command(binary, Mode::Dev, settings);
    run::spawn(server.env("LEPTOS_WATCH", "1"))
}

/// Where the server will listen: its flag, else its variable, else its default.
fn listen_address(settings: &[String], variable: Option<String>) -> String {
    let flag = settings.iter().enumerate().find_map(|(at, setting)| match setting.strip_prefix("--listen") {
        Some("") => settings.get(at + 1).cloned(),
        Some(value) => value.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    flag.or(variable).unwrap_or_else(|| LISTEN_USUAL.to_owned())
}

#[cfg(test)]
mod tests {
    use super::listen_address;

    #[test]
    fn the_flag_counts_more_than_the_variable() {
        let flag = |words: &[&str]| {
            listen_address(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>(), Some("a:1".to_owned()))
        };
        assert_eq!(flag(&["--listen", "b:2"]), "b:2");
        assert_eq!(flag(&["--listen=b:2"]), "b:2");
        assert_eq!(flag(&["--listen-backlog", "5"]), "a:1");
        assert_eq!(listen_address(&[], None), "127.0.0.1:3000");
    }
}
