//! The key-encryption key: read from where the settings say, or made at the first start.

use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::exit::{Exit, Failure};
use crate::settings::KeySettings;
use crate::settings::secret;

/// The key's file inside the data folder.
const KEY_FILE: &str = "key-encryption.key";

/// Bytes of the key: AES-256.
pub const KEY_BYTES: usize = 32;

/// The key, wiped when it goes.
pub type Key = Zeroizing<[u8; KEY_BYTES]>;

/// Finds the key-encryption key. Only the file inside the data folder is ever made; one that the
/// settings name was read with them and must exist, because a typo would otherwise lock every
/// stored secret away.
///
/// # Errors
/// When the key cannot be read, made, or is not 32 bytes in base64.
pub fn find(settings: &KeySettings, data_dir: &Path, fresh: impl FnOnce() -> Key) -> Result<Key, Failure> {
    if let Some(key) = &settings.key_encryption_key {
        return decode(key.expose(), "key-encryption-key");
    }
    let path = made_once(data_dir, fresh)?;
    let key = secret::read(&path).map_err(|error| refused(&path, &error))?;
    decode(key.expose(), &path.display().to_string())
}

/// The key before the current one, where the settings name one.
///
/// # Errors
/// When it is not 32 bytes in base64.
pub fn previous(settings: &KeySettings) -> Result<Option<Key>, Failure> {
    let previous = settings.previous_key_encryption_key.as_ref();
    previous.map(|key| decode(key.expose(), "previous-key-encryption-key")).transpose()
}

fn decode(text: &str, place: &str) -> Result<Key, Failure> {
    let bytes = Zeroizing::new(STANDARD.decode(text.trim()).unwrap_or_default());
    let key: Result<[u8; KEY_BYTES], _> = bytes.as_slice().try_into();
    key.map(Zeroizing::new).map_err(|_| {
        let line = format!("the key-encryption key in {place} is not 32 bytes in base64");
        Failure::new(Exit::EncryptionKey, line)
    })
}

/// Makes the key file unless it exists. The file appears complete or not at all: it is written
/// under another name and linked, and of two processes only one link succeeds.
fn made_once(data_dir: &Path, fresh: impl FnOnce() -> Key) -> Result<PathBuf, Failure> {
    let path = data_dir.join(KEY_FILE);
    if path.exists() {
        return Ok(path);
    }
    let draft = data_dir.join(format!("{KEY_FILE}.{}", std::process::id()));
    let made = write_private(&draft, &Zeroizing::new(STANDARD.encode(fresh().as_slice())))
        .and_then(|()| std::fs::hard_link(&draft, &path));
    let _ = std::fs::remove_file(&draft);
    match made {
        Ok(()) => {
            tracing::info!(file = %path.display(), "made a new key-encryption key in {}: back it up", path.display());
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(refused(&path, &error)),
    }
    Ok(path)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    // Losing this key loses every stored secret: it must be on disk before anything is wrapped with it.
    file.sync_all()
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    let line = format!("cannot read or make the key-encryption key {}: {error}", path.display());
    Failure::new(Exit::EncryptionKey, line)
}

#[cfg(test)]
mod tests {
    use super::{KEY_BYTES, Key, find};
    use crate::exit::Exit;
    use crate::settings::KeySettings;
    use tallyport_domain::TokenAlgorithm;
    use zeroize::Zeroizing;

    fn seven() -> Key {
        Zeroizing::new([7; KEY_BYTES])
    }

    fn unset() -> KeySettings {
        KeySettings {
            key_encryption_key: None,
            key_encryption_key_file: None,
            previous_key_encryption_key: None,
            previous_key_encryption_key_file: None,
            token_algorithm: TokenAlgorithm::Es256,
        }
    }

    #[test]
    fn the_key_made_at_the_first_start_is_found_at_the_second() {
        let folder = tempfile::tempdir().unwrap();
        let first = find(&unset(), folder.path(), seven).unwrap();
        let second = find(&unset(), folder.path(), || Zeroizing::new([8; KEY_BYTES])).unwrap();
        assert_eq!(first, seven());
        assert_eq!(first, second);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_the_key_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        find(&unset(), folder.path(), seven).unwrap();
        let mode = folder.path().join("key-encryption.key").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_of_another_length_is_refused_and_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let settings = KeySettings { key_encryption_key: Some("c2hvcnQ=".parse().unwrap()), ..unset() };
        let failure = find(&settings, folder.path(), seven).unwrap_err();
        assert_eq!(failure.exit, Exit::EncryptionKey);
        assert!(!failure.to_string().contains("c2hvcnQ"));
    }
}
