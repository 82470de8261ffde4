//! Opening an SQLite file: who may read it, how durable a commit is, who writes and who reads.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::{io, time::Duration};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, SqlitePool};

use crate::db::DbOptions;
use crate::open_error::OpenError;
use crate::scratch_folder::private_folder;

/// How long another process may hold the file's lock before a statement gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages in the write-ahead log (16 MiB of 4 KiB each) before the writer copies what is not copied yet into the file,
/// and begins the log anew. Under load the lane has most of it copied beside the writer before ([`crate::Db::copy_log`]),
/// which then waits for little. A commit that writes over an old part of the log takes half as long as one that makes
/// it longer, so the log is not to grow for long.
const CHECKPOINT_PAGES: u32 = 4_000;

/// What the log is cut to when it has been copied, so that one burst does not keep the space.
const LOG_BYTES_KEPT: u32 = 64 * 1024 * 1024;

/// Page caches in KiB; they fill only as far as they are used.
const WRITER_CACHE_KIB: u32 = 16 * 1024;
const READER_CACHE_KIB: u32 = 16 * 1024;

/// Prepared statements per connection: every text, times the lengths of multi-row statements.
pub(crate) const STATEMENTS_CACHED: usize = 512;

/// How often a new file's lock is tried for while others make the same file.
const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// Opens the file and returns the pools of its one writer and of its readers.
pub(crate) async fn open(path: &Path, options: &DbOptions) -> Result<(SqlitePool, SqlitePool), OpenError> {
    make_file(path, options.create_if_missing)?;
    let pool = SqlitePoolOptions::new()
        .acquire_timeout(options.acquire_timeout)
        // A connection to a file does not go stale, and a new one starts with cold caches.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        // SQLite undoes a transaction by itself when the disk fails or is full; the driver then counts it as
        // open for ever, and would begin no other on this connection.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }));
    let writer = match tokio::time::timeout(BUSY_TIMEOUT, open_writer(path, &pool.clone().max_connections(1))).await {
        Ok(opened) => opened.map_err(|error| open_error(path, error))?,
        Err(_) => return Err(OpenError::Locked { url: url(path) }),
    };
    let readers = pool
        .max_connections(options.sqlite_readers_max.max(1))
        .connect_lazy_with(shared_options(path).pragma("cache_size", kib(READER_CACHE_KIB)).pragma("query_only", "ON"));
    Ok((writer, readers))
}

/// Who turns a new file to write-ahead logging needs it for a moment alone, and SQLite does not wait
/// for that moment by itself. An empty transaction then proves that this process can write.
async fn open_writer(path: &Path, pool: &SqlitePoolOptions) -> Result<SqlitePool, sqlx::Error> {
    let options = shared_options(path).pragma("cache_size", kib(WRITER_CACHE_KIB));
    loop {
        let opened = pool.clone().connect_with(options.clone()).await;
        match opened {
            Err(error) if has_code(&error, &[BUSY]) => tokio::time::sleep(RETRY_PAUSE).await,
            Err(error) => return Err(error),
            Ok(writer) => {
                writer.begin_with("BEGIN IMMEDIATE").await?.rollback().await?;
                return Ok(writer);
            }
        }
    }
}

fn shared_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_TIMEOUT)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES.to_string())
        .pragma("journal_size_limit", LOG_BYTES_KEPT.to_string())
        // A failing disk behind a memory map kills the process instead of failing a statement.
        .pragma("mmap_size", "0")
        .pragma("temp_store", "MEMORY")
        // Views and triggers of a tampered file must not reach functions with side effects.
        .pragma("trusted_schema", "OFF")
        .statement_cache_capacity(STATEMENTS_CACHED)
}

/// Negative sizes are KiB, positive ones pages.
fn kib(size: u32) -> String {
    format!("-{size}")
}

/// Makes the file and its folder before SQLite does, because SQLite would let everybody read it; the
/// log beside it takes over the file's permissions. A file that is there is left alone: closing it
/// here would drop the locks that SQLite holds on it elsewhere in this process.
fn make_file(path: &Path, create: bool) -> Result<(), OpenError> {
    let refused = |source| OpenError::NotWritable { path: PathBuf::from(path), source };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(refused(io::ErrorKind::IsADirectory.into())),
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !create => {
            return Err(OpenError::Missing { path: PathBuf::from(path) });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(refused(error)),
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder().recursive(true).create(folder).map_err(refused)?;
    }
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    match file.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(refused(error)),
        _ => Ok(()),
    }
}

/// The low byte of SQLite's result codes, <https://www.sqlite.org/rescode.html>.
const PERM: u32 = 3;
const BUSY: u32 = 5;
const READONLY: u32 = 8;
const CANTOPEN: u32 = 14;
const NOTADB: u32 = 26;

fn has_code(error: &sqlx::Error, codes: &[u32]) -> bool {
    let reported = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    let code = reported.and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| codes.contains(&(code & 0xff)))
}

fn open_error(path: &Path, error: sqlx::Error) -> OpenError {
    let path = PathBuf::from(path);
    match error {
        error if has_code(&error, &[NOTADB]) => OpenError::NotADatabase { path },
        error if has_code(&error, &[BUSY]) => OpenError::Locked { url: url(&path) },
        error if has_code(&error, &[PERM, READONLY, CANTOPEN]) => {
            OpenError::NotWritable { path, source: io::Error::other(error) }
        }
        source => OpenError::Unreachable { url: url(&path), source },
    }
}

fn url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

#[cfg(test)]
mod tests {
    use sqlx::Row;

    use super::*;
    use crate::scratch_folder::ScratchFolder;

    async fn setting(pool: &SqlitePool, name: &str) -> String {
        let sql = sqlx::AssertSqlSafe(format!("PRAGMA {name}"));
        sqlx::query(sql).fetch_one(pool).await.unwrap().get_unchecked(0)
    }

    #[tokio::test]
    async fn commits_are_durable_and_readers_cannot_write() {
        let folder = ScratchFolder::create().unwrap();
        let path = folder.path().join("t.db");
        let (writer, readers) = open(&path, &DbOptions::default()).await.unwrap();
        for pool in [&writer, &readers] {
            assert_eq!(setting(pool, "journal_mode").await, "wal");
            assert_eq!(setting(pool, "synchronous").await, "2", "2 is FULL");
            assert_eq!(setting(pool, "foreign_keys").await, "1");
            assert_eq!(setting(pool, "busy_timeout").await, "5000");
            assert_eq!(setting(pool, "wal_autocheckpoint").await, "4000");
            assert_eq!(setting(pool, "mmap_size").await, "0");
            assert_eq!(setting(pool, "trusted_schema").await, "0");
        }
        assert_eq!(setting(&writer, "query_only").await, "0");
        assert_eq!(setting(&readers, "query_only").await, "1");
        assert_eq!(setting(&writer, "cache_size").await, "-16384");
        assert!(sqlx::query("CREATE TABLE t (n INTEGER)").execute(&readers).await.is_err());
    }
}
