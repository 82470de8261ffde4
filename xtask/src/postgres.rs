//! A PostgreSQL cluster that lives as long as its guard, for tests and measurements.
//!
//! It is made by a user that is not root, in a folder of that user, on a free port of this machine
//! only, with a password of its own. A small shell stands between: it holds the reading end of a
//! pipe from us and ends the server when the pipe closes, so even a killed xtask leaves nothing.

use crate::prepare::{apt, postgres};
use crate::{memory, run};
use anyhow::{Context, Result, bail};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who may read the server's files where xtask itself is root, which PostgreSQL refuses to be.
const USER: &str = "postgres";
const START_TIMEOUT: Duration = Duration::from_secs(60);
const STOP_TIMEOUT: Duration = Duration::from_secs(20);

/// Makes the cluster, runs the server until standard input ends, also after it was killed, and takes
/// everything away.
/// Arguments: folder of the programs, port, then settings of the server. The password is the
/// first line of standard input, because anyone may read a command line.
const KEEPER: &str = r#"
set -eu
umask 077
bin=$1 port=$2
shift 2
read -r password
dir=$(mktemp -d "${TMPDIR:-/tmp}/tallyport-postgres.XXXXXX")
trap 'rm -rf "$dir"' EXIT
printf '%s' "$password" > "$dir/password"
"$bin/initdb" --pgdata="$dir/data" --username=tallyport --pwfile="$dir/password" \
    --auth=password --encoding=UTF8 --locale=C --no-sync > "$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
(
    until [ -e "$dir/ending" ]; do
        "$bin/postgres" -D "$dir/data" -k "$dir" -h 127.0.0.1 -p "$port" "$@" >> "$dir/server.log" 2>&1 || sleep 0.1
    done
) &
keeper=$!
echo "$dir"
read -r _ || true
: > "$dir/ending"
kill -INT "$(head -n 1 "$dir/data/postmaster.pid")" 2> /dev/null || cat "$dir/server.log" >&2
wait "$keeper" || true
"#;

/// How much the server promises to keep.
#[derive(Clone, Copy)]
pub(crate) enum Durability {
    /// Nothing: a test's data may go with the power.
    None,
    /// Every commit, as the server does by default.
    Full,
}

/// A running server; dropping it ends the server and removes its data.
pub(crate) struct Cluster {
    keeper: Child,
    url: String,
    /// The folder of the server's data.
    folder: PathBuf,
}

impl Cluster {
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let bin = postgres::bin_dir().context("PostgreSQL's programs are not installed")?;
        let port = free_port()?;
        let password = random_password()?;
        let mut command = keeper(&bin, port)?;
        command.args(["-c", "max_connections=200"]);
        match durability {
            Durability::Full => {}
            Durability::None => {
                command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
                memory::for_temporary_files(command.args(["-c", "max_wal_size=256MB"]));
            }
        }
        // A group of its own: Ctrl-C at the terminal reaches us, and we end the server in order.
        let mut keeper = run::spawn(command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()))?;
        let stdin = keeper.stdin.as_mut().context("the keeper's input is piped")?;
        writeln!(stdin, "{password}")?;
        let url = format!("postgres://tallyport:{password}@127.0.0.1:{port}/postgres");
        let mut cluster = Self { keeper, url, folder: PathBuf::new() };
        cluster.wait_until_ready(&bin, port)?;
        Ok(cluster)
    }

    /// Where a superuser reaches the server; tests make their own databases there.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where the server writes its process id.
    pub(crate) fn pid_file(&self) -> PathBuf {
        self.folder.join("data").join("postmaster.pid")
    }

    fn wait_until_ready(&mut self, bin: &Path, port: u16) -> Result<()> {
        let started = Instant::now();
        let stdout = self.keeper.stdout.take().context("the keeper's output is piped")?;
        let mut said = String::new();
        if BufReader::new(stdout).read_line(&mut said)? == 0 {
            bail!("initdb failed: see above");
        }
        self.folder = PathBuf::from(said.trim_end());
        let port = port.to_string();
        while started.elapsed() < START_TIMEOUT {
            let mut probe = Command::new(bin.join("pg_isready"));
            if probe.args(["-q", "-h", "127.0.0.1", "-p", &port]).status()?.success() {
                return Ok(());
            }
            if self.keeper.try_wait()?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the PostgreSQL server did not come up within {} s", START_TIMEOUT.as_secs())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let asked = Instant::now();
        while asked.elapsed() < STOP_TIMEOUT {
            if matches!(self.keeper.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        run::end(&mut self.keeper, Duration::from_secs(1));
    }
}

fn keeper(bin: &Path, port: u16) -> Result<Command> {
    let mut command = if apt::is_root()? {
        let mut command = Command::new("runuser");
        command.args(["-u", USER, "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.current_dir("/").env_remove("TMPDIR").args(["-c", KEEPER, "keeper"]);
    command.arg(bin).arg(port.to_string());
    Ok(command)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn random_password() -> Result<String> {
    let mut bytes = [0; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
