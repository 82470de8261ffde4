//! Every wrong input ends in one clear line and an exit code of its own.

use std::net::TcpListener;
use std::path::Path;

use crate::program::run;

/// Runs a command that must fail, and returns its code and its line.
fn failure(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String) {
    let output = run(folder, arguments, variables);
    let line = String::from_utf8(output.stderr).unwrap();
    let code = output.status.code().unwrap();
    assert!(!line.contains("panicked") && !line.contains("backtrace"), "{line}");
    (code, line.trim_end().to_owned())
}

/// A failing `serve` that says exactly one line; what would be right is given in `arguments`.
fn refused(arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let own = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "off", "--log", "off"];
    let (code, line) = failure(folder.path(), &[&own, arguments].concat(), variables);
    assert_eq!(line.lines().count(), 1, "{line}");
    (code, line)
}

#[test]
fn taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--metrics-listen", "off", "--listen", &address];
    let (code, line) = failure(folder.path(), &arguments, &[]);
    assert_eq!(code, 65, "{line}");
    assert!(line.contains(&address) && line.contains("--listen"), "{line}");
}

#[test]
fn taken_admin_port_names_the_other_flag() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", &address];
    let (code, line) = failure(folder.path(), &arguments, &[]);
    assert_eq!(code, 65, "{line}");
    assert!(line.contains("--metrics-listen"), "{line}");
}

#[test]
fn folder_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let below = file.path().join("data");
    let (code, line) = refused(&["--data-dir", below.to_str().unwrap()], &[]);
    assert_eq!(code, 66, "{line}");
    assert!(line.contains(below.to_str().unwrap()), "{line}");
}

#[test]
fn bad_database_url_does_not_repeat_a_password() {
    let (code, line) = refused(&["--database-url", "mysql://me:canary-41c@host/db"], &[]);
    assert_eq!(code, 67, "{line}");
    assert!(!line.contains("canary"), "{line}");
}

#[test]
fn file_that_is_no_database_is_not_touched() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "not a database, but long enough to have a header of its own").unwrap();
    let before = std::fs::read(file.path()).unwrap();
    let (code, line) = refused(&["--database-url", &format!("sqlite:{}", file.path().display())], &[]);
    assert_eq!(code, 67, "{line}");
    assert_eq!(std::fs::read(file.path()).unwrap(), before);
}

#[test]
fn database_that_does_not_answer_is_named_without_its_password() {
    // Nothing listens on port 1.
    let (code, line) = refused(&["--database-url", "postgres://me:canary-77b@127.0.0.1:1/db"], &[]);
    assert_eq!(code, 68, "{line}");
    assert!(line.contains("127.0.0.1:1") && !line.contains("canary"), "{line}");
}

#[test]
fn certificate_and_key_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage.pem");
    std::fs::write(&garbage, "no PEM").unwrap();
    let garbage = garbage.to_str().unwrap();
    for arguments in [
        &["--tls-certificate", garbage, "--tls-key", garbage][..],
        &["--tls-certificate", garbage][..],
        &["--tls-key", garbage][..],
        &["--tls-certificate", "/nowhere.pem", "--tls-key", "/nowhere.key"][..],
    ] {
        let (code, line) = refused(arguments, &[]);
        assert_eq!(code, 72, "{arguments:?}: {line}");
    }
}

#[test]
fn unknown_settings_are_refused_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let (code, line) = failure(folder.path(), &["serve", "--lisen", "127.0.0.1:0"], &[]);
    assert_eq!(code, 2);
    assert!(line.contains("--lisen") && line.contains("--listen"), "{line}");

    let (code, line) = refused(&[], &[("TALLYPORT_LISEN", "127.0.0.1:0")]);
    assert_eq!(code, 2);
    assert!(line.contains("TALLYPORT_LISEN"), "{line}");

    let file = folder.path().join("settings.toml");
    std::fs::write(&file, "# a comment\n\nlisen = \"127.0.0.1:0\"\n").unwrap();
    let (code, line) = refused(&["--config", file.to_str().unwrap()], &[]);
    assert_eq!(code, 2);
    assert!(line.contains("lisen") && line.contains("settings.toml") && line.contains("line 3"), "{line}");
}

#[test]
fn wrong_values_are_refused_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _) = failure(folder.path(), &["serve", "--drain-timeout", "soon"], &[]);
    assert_eq!(code, 2);
    let (code, _) = failure(folder.path(), &["serve"], &[("TALLYPORT_DRAIN_TIMEOUT", "soon")]);
    assert_eq!(code, 2);
    let file = folder.path().join("settings.toml");
    for text in [
        "drain-timeout = \"soon\"",
        "drain-timeout = 30",
        "log-format = \"xml\"",
        "metrics-listen = \"nowhere\"",
        "[listen]",
    ] {
        std::fs::write(&file, format!("\n{text}\n")).unwrap();
        let (code, line) = refused(&["--config", file.to_str().unwrap()], &[]);
        assert_eq!(code, 2, "{text}: {line}");
        assert!(line.contains("line 2"), "{text}: {line}");
    }
}

#[test]
fn unreadable_settings_file_has_its_own_code() {
    let (code, line) = refused(&["--config", "/nowhere/tallyport.toml"], &[]);
    assert_eq!(code, 64, "{line}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    std::fs::write(&file, "log = \"info\"\nlisten = \n").unwrap();
    let (code, line) = refused(&["--config", file.to_str().unwrap()], &[]);
    assert_eq!(code, 64);
    assert!(line.contains("line 2"), "{line}");
}

#[test]
fn key_that_is_no_key_is_refused_and_not_repeated() {
    let (code, line) = refused(&[], &[("TALLYPORT_KEY_ENCRYPTION_KEY", "Y2FuYXJ5")]);
    assert_eq!(code, 73);
    assert!(!line.contains("Y2FuYXJ5"), "{line}");
    let (code, line) = refused(&["--key-encryption-key-file", "/nowhere.key"], &[]);
    assert_eq!(code, 73, "{line}");
}

#[test]
fn incomplete_site_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (code, line) = refused(&["--site-dir", folder.path().to_str().unwrap()], &[]);
    assert_eq!(code, 74, "{line}");
    assert!(line.contains("manifest.json"), "{line}");
}

#[test]
fn migrate_check_tells_and_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let (code, line) = failure(folder.path(), &["migrate", "--check", "--data-dir", data], &[]);
    assert_eq!(code, 68, "there is no database yet: {line}");
    std::fs::create_dir(data).unwrap();
    std::fs::write(format!("{data}/tallyport.db"), "").unwrap();
    for _ in 0..2 {
        let (code, line) = failure(folder.path(), &["migrate", "--check", "--data-dir", data], &[]);
        assert_eq!(code, 71, "{line}");
    }
    assert!(run(folder.path(), &["migrate", "--data-dir", data], &[]).status.success());
    assert!(run(folder.path(), &["migrate", "--check", "--data-dir", data], &[]).status.success());
}

#[test]
fn help_lists_every_code() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["serve", "--help"], &[]);
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    for exit in tallyport_server::exit::Exit::ALL {
        assert!(help.contains(exit.meaning()), "{exit:?}");
    }
}
