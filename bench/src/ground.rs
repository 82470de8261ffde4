//! One database to measure on, and how the server is started on it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_service::ports::{SystemRandomness, random_bytes};
use tallyport_storage::{DatabaseUrl, Db, DbOptions};
use zeroize::Zeroizing;

use crate::postgres;

/// One database with everything the server needs beside it.
pub(crate) struct Ground {
    /// As tables name it.
    pub(crate) name: &'static str,
    /// The program.
    pub(crate) server: PathBuf,
    /// The server's data folder.
    pub(crate) data_dir: PathBuf,
    /// The folder whose disk the database is on.
    pub(crate) disk: PathBuf,
    /// The database, as a setting of the server.
    pub(crate) database_url: String,
    /// The operator's key, the same for every start.
    pub(crate) key_encryption_key: Zeroizing<[u8; 32]>,
}

impl Ground {
    /// A new SQLite file in a folder of its own.
    pub(crate) fn sqlite(server: &Path, folder: &Path) -> Result<Self> {
        let data_dir = fresh(folder)?;
        Ok(Self {
            name: "SQLite, synchronous=FULL",
            server: server.to_owned(),
            database_url: format!("sqlite:{}", data_dir.join("tallyport.db").display()),
            disk: data_dir.clone(),
            data_dir,
            key_encryption_key: fresh_key(),
        })
    }

    /// An empty PostgreSQL database, whose cluster is where temporary files are.
    pub(crate) fn postgres(server: &Path, folder: &Path, url: &str) -> Result<Self> {
        Ok(Self {
            name: "PostgreSQL, fsync=on",
            server: server.to_owned(),
            data_dir: fresh(folder)?,
            disk: std::env::temp_dir(),
            database_url: url.to_owned(),
            key_encryption_key: fresh_key(),
        })
    }

    /// A new, empty database of the same kind, which takes the place of what had this name.
    pub(crate) fn beside(&self, name: &str) -> Result<Self> {
        let folder = self.data_dir.with_file_name(format!("{}-{name}", folder_name(&self.data_dir)));
        if !self.is_postgres() {
            return Self::sqlite(&self.server, &folder);
        }
        let url = postgres::create_database(&self.database_url, &format!("beside_{name}"))?;
        Self::postgres(&self.server, &folder, &url)
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.database_url.starts_with("postgres:")
    }

    /// The key as a setting of the server.
    pub(crate) fn key_setting(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.key_encryption_key.as_slice()))
    }

    /// The database itself. Close it before the server is killed or started.
    pub(crate) async fn open(&self) -> Result<Db> {
        let url = DatabaseUrl::parse(&self.database_url)?;
        Db::open(&url, &DbOptions::default()).await.context("cannot open the database that is measured on")
    }
}

fn folder_name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn fresh_key() -> Zeroizing<[u8; 32]> {
    Zeroizing::new(random_bytes(&SystemRandomness))
}

fn fresh(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    Ok(folder.canonicalize()?)
}
