//! Where settings come from, and which source counts.

use clap::CommandFactory;
use tallyport_server::cli::Cli;
use tempfile::TempDir;

use crate::program::{Server, run};

/// A folder with a settings file in it.
fn folder_with(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tallyport.toml"), settings).unwrap();
    folder
}

/// The public URL that a server says it has.
fn public_url(folder: TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let server = Server::start_in(folder, arguments, variables);
    server.greeting[0].split_whitespace().last().unwrap().to_owned()
}

const FILE: &str = "public-url = \"https://file.example\"\n";
const VARIABLE: (&str, &str) = ("TALLYPORT_PUBLIC_URL", "https://variable.example");
const FLAG: [&str; 2] = ["--public-url", "https://flag.example"];

#[test]
fn flag_counts_before_variable_before_file_before_default() {
    assert!(public_url(folder_with(""), &[], &[]).starts_with("http://127.0.0.1:"));
    assert_eq!(public_url(folder_with(FILE), &[], &[]), "https://file.example");
    assert_eq!(public_url(folder_with(FILE), &[], &[VARIABLE]), "https://variable.example");
    assert_eq!(public_url(folder_with(FILE), &FLAG, &[VARIABLE]), "https://flag.example");
}

#[test]
fn settings_file_is_found_in_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("mine")).unwrap();
    std::fs::write(folder.path().join("mine/tallyport.toml"), FILE).unwrap();
    assert_eq!(public_url(folder, &["--data-dir", "mine"], &[]), "https://file.example");
}

#[test]
fn file_may_hold_settings_that_another_command_has() {
    let folder =
        folder_with("listen = \"127.0.0.1:0\"\ntrusted-proxies = [\"10.0.0.0/8\", \"::1\"]\ndata-dir = \"mine\"\n");
    let output = run(folder.path(), &["migrate"], &[]);
    assert!(output.status.success(), "{output:?}");
    assert!(folder.path().join("mine/tallyport.db").exists());
}

#[test]
fn secret_is_read_from_its_file_without_the_line_break() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("url"), "sqlite:from-the-file.db\n").unwrap();
    let server = Server::start_in(folder, &[], &[("TALLYPORT_DATABASE_URL_FILE", "url")]);
    assert!(server.folder.path().join("from-the-file.db").exists());
}

#[test]
fn secret_and_its_file_in_one_source_contradict_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let both = [("TALLYPORT_DATABASE_URL", "sqlite:a.db"), ("TALLYPORT_DATABASE_URL_FILE", "url")];
    let output = run(folder.path(), &["migrate"], &both);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("database-url-file"));
    // A flag counts before a variable, as everywhere.
    let output = run(folder.path(), &["migrate", "--database-url", "sqlite:b.db"], &both[1..]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn help_shows_no_secret_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = [
        ("TALLYPORT_DATABASE_URL", "postgres://me:canary-5d2@host/db"),
        ("TALLYPORT_KEY_ENCRYPTION_KEY", "canary-9e1"),
    ];
    for flag in ["-h", "--help"] {
        let output = run(folder.path(), &["serve", flag], &secrets);
        assert!(!String::from_utf8(output.stdout).unwrap().contains("canary"));
    }
}

#[test]
fn version_names_the_commit() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["--version"], &[]);
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(line.starts_with(&format!("tallyport {} (commit ", env!("CARGO_PKG_VERSION"))), "{line}");
}

#[test]
fn example_file_holds_every_setting_and_no_other() {
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../tallyport.example.toml")).unwrap();
    let mut shown: Vec<&str> = example
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once(" = "))
        .map(|(key, _)| key)
        .filter(|key| !key.contains(' '))
        .collect();
    let program = Cli::command();
    let serve = program.find_subcommand("serve").unwrap();
    let mut known: Vec<&str> =
        serve.get_arguments().filter_map(clap::Arg::get_long).filter(|flag| *flag != "config").collect();
    shown.sort_unstable();
    known.sort_unstable();
    assert_eq!(shown, known);
}

#[test]
fn every_line_of_the_example_file_is_understood() {
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../tallyport.example.toml")).unwrap();
    let settings: String = example
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')))
        // The settings that name files which are not here.
        .filter(|line| !line.contains("-file = ") && !line.contains("tls-") && !line.contains("site-dir"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(public_url(folder_with(&settings), &[], &[]), "https://pay.example.com");
}

#[test]
fn every_setting_has_a_variable_named_after_its_flag() {
    let program = Cli::command();
    for command in ["serve", "migrate"].map(|name| program.find_subcommand(name).unwrap()) {
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "check") {
            let Some(flag) = argument.get_long() else { continue };
            let expected = format!("TALLYPORT_{}", flag.to_uppercase().replace('-', "_"));
            assert_eq!(argument.get_env().and_then(|name| name.to_str()), Some(expected.as_str()));
            assert!(argument.get_help().is_some(), "{flag}");
        }
    }
}
