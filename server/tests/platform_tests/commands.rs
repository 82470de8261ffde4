//! Commands that administer the platform: what they print, how they end, what they leave in the log.

use std::io::Write;
use std::net::SocketAddr;
use std::process::{Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tallyport_storage::test_support::TestDb;
use tempfile::TempDir;

use crate::program::{Answer, Server, ask, run, tallyport};

/// A folder for the keys, and a database.
struct Place {
    folder: TempDir,
    db: TestDb,
}

impl Place {
    async fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), db: TestDb::sqlite().await }
    }

    async fn postgres() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), db: TestDb::postgres().await }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let data = self.folder.path().to_str().unwrap();
        let url = self.db.url_text();
        let own = ["--data-dir", data, "--database-url", &url, "--log", "warn"];
        run(self.folder.path(), &[arguments, &own].concat(), &[])
    }

    /// The object that a command prints which has to succeed.
    fn object(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// The code and the line of a command which has to fail.
    fn failure(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap().trim_end().to_owned())
    }

    async fn entries_by(&self, command: &str) -> i64 {
        let count = "SELECT count(*) FROM audit_entries WHERE actor_kind = 'command' AND actor =";
        self.db.number(&format!("{count} '{command}'")).await
    }
}

fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {object}"))
}

async fn administrators_are_made_listed_and_removed(place: Place) {
    let made = place.object(&["admin", "create", "--email", "root@example.com", "--name", "Root"]);
    assert_eq!(text(&made, "/password").len(), 24);
    assert_eq!(text(&made, "/role"), "administrator");
    let (code, line) = place.failure(&["admin", "create", "--email", "ROOT@example.com", "--name", "Root"]);
    assert_eq!((code, line.as_str()), (75, "tallyport: this address has an account already"));
    let (code, line) = place.failure(&["admin", "remove", "--email", "root@example.com"]);
    assert_eq!((code, line.as_str()), (75, "tallyport: the last administrator cannot be removed"));

    place.object(&["admin", "create", "--email", "second@example.com", "--name", "Second"]);
    let removed = place.object(&["admin", "remove", "--email", "root@example.com"]);
    assert_eq!(text(&removed, "/role"), "developer");
    let listed = place.object(&["admin", "list"]);
    assert_eq!(listed["administrators"].as_array().unwrap().len(), 1);
    assert_eq!(text(&listed, "/administrators/0/email"), "second@example.com");
    let (code, line) = place.failure(&["admin", "remove", "--email", "nobody@example.com"]);
    assert_eq!((code, line.as_str()), (75, "tallyport: nobody has this address"));
    for (command, entries) in [("admin create", 2), ("admin list", 1), ("admin remove", 1)] {
        assert_eq!(place.entries_by(command).await, entries, "{command}");
    }
    let cheap = "SELECT count(*) FROM developers WHERE password_hash NOT LIKE '$argon2id$v=19$m=65536,t=3,p=1$%'";
    assert_eq!(place.db.number(cheap).await, 0);
    let secrets = format!("SELECT count(*) FROM audit_entries WHERE detail LIKE '%{}%'", text(&made, "/password"));
    assert_eq!(place.db.number(&secrets).await, 0);
}

async fn seeding_twice_makes_further_ones_and_the_log_stays_whole(place: Place) {
    let seeded = [place.object(&["seed"]), place.object(&["seed", "--public-url", "https://pay.example"])];
    assert_eq!(text(&seeded[0], "/base_url"), "http://127.0.0.1:3000");
    assert_eq!(text(&seeded[1], "/base_url"), "https://pay.example");
    for object in &seeded {
        assert!(text(object, "/application/id").starts_with("app_"));
        assert!(text(object, "/sandbox/api_secret").starts_with("sk_sandbox_"));
        assert!(text(object, "/live/api_secret").starts_with("sk_live_"));
        assert!(text(object, "/sandbox/buyer/id").starts_with("hld_"));
        let names: Vec<&String> = object.as_object().unwrap().keys().collect();
        assert_eq!(names, ["base_url", "admin", "developer", "application", "sandbox", "live"]);
    }
    for pointer in ["/admin/email", "/developer/email", "/application/id", "/sandbox/api_key", "/live/api_key"] {
        assert_ne!(text(&seeded[0], pointer), text(&seeded[1], pointer));
    }
    let whole = place.object(&["audit", "verify"]);
    assert_eq!(text(&whole, "/state"), "whole");
    assert_eq!(whole["entries"], place.entries_by("seed").await);
    // Nobody is said to have done what the command did.
    assert_eq!(place.db.number("SELECT count(*) FROM audit_entries WHERE actor_kind <> 'command'").await, 0);

    place.db.execute("UPDATE audit_entries SET detail = '{}' WHERE sequence = 2").await;
    let (code, line) = place.failure(&["audit", "verify"]);
    assert_eq!(code, 76, "{line}");
    assert!(line.contains("entry 2 is missing, changed or out of place"), "{line}");
    let output = place.run(&["audit", "verify", "--json"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), r#"{"state":"broken","sequence":2}"#);
}

async fn broken_books_are_named_and_end_with_their_own_code(place: Place) {
    place.object(&["seed"]);
    let whole = place.object(&["verify"]);
    assert_eq!((text(&whole, "/state"), &whole["faults"]), ("whole", &serde_json::json!([])));
    assert_eq!(whole, place.object(&["verify"]));
    place
        .db
        .execute(
            "INSERT INTO accounts (id, owner, environment, purpose, currency, balance_minor, entry_count, created_at_ms) \
             VALUES ('acct_x', 'app_x', 'live', 'available', 'USD', 5, 0, 0)",
        )
        .await;
    let (code, line) = place.failure(&["verify"]);
    assert_eq!((code, line.as_str()), (77, "tallyport: the books are broken; faults: 2"));
    let output = place.run(&["verify", "--json"]);
    let broken: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((text(&broken, "/state"), &broken["faults_count"]), ("broken", &serde_json::json!(2)));
    let sum = serde_json::json!({ "rule": "a balance is the sum of its account's lines", "table": "accounts",
        "place": "acct_x", "stands": "5", "follows": "0" });
    assert!(broken["faults"].as_array().unwrap().contains(&sum), "{broken}");
    let output = place.run(&["verify"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("accounts live USD: 5 stands there, 0 follows from the rest"), "{said}");
}

async fn seeded_payments_are_all_there_in_whole_books(place: Place) {
    let seeded = place.object(&["seed", "--payments", "2500"]);
    assert_eq!(seeded["application"]["payments"], 2500);
    let whole = place.object(&["verify"]);
    assert_eq!((text(&whole, "/state"), &whole["walked"]["payments"]), ("whole", &serde_json::json!(2500)));
    for status in ["captured", "refunded", "partially_refunded", "failed", "canceled"] {
        let count = place.db.number(&format!("SELECT count(*) FROM payments WHERE status = '{status}'")).await;
        assert!(count > 10, "{status}: {count}");
    }
    // Nothing is left for the servers to do, and the payments are spread over the month.
    assert_eq!(place.db.number("SELECT count(*) FROM due_work").await, 0);
    let days = "SELECT count(DISTINCT created_at_ms / 86400000) FROM payments";
    assert!(place.db.number(days).await >= 29);
}

async fn an_application_is_made_in_the_place_of_its_developer(place: Place) {
    let create = ["app", "create", "--developer", "dev@example.com", "--name", "Bookshop"];
    let (code, line) = place.failure(&create);
    assert_eq!((code, line.as_str()), (75, "tallyport: nobody has this address"));
    let developer = place.object(&["developer", "create", "--email", "dev@example.com", "--name", "Dev"]);
    assert_eq!(text(&developer, "/role"), "developer");
    let made = place.object(&create);
    assert_eq!(text(&made, "/application/name"), "Bookshop");
    assert!(text(&made, "/sandbox/api_secret").starts_with("sk_sandbox_"));
    assert_eq!(place.entries_by("app create").await, 1);
    assert_eq!(place.entries_by("developer create").await, 1);
    let (code, _) = place.failure(&["app", "create", "--developer", "dev@example.com", "--name", ""]);
    assert_eq!(code, 75);

    let id = text(&made, "/application/id").to_owned();
    let (code, line) = place.failure(&["app", "suspend", "--application", &id, "--reason", "too early"]);
    assert_eq!(code, 75, "{line}");
    let approved = place.object(&["app", "approve", "--application", &id, "--permissions", "payments,refunds"]);
    assert_eq!(approved["approved"], serde_json::json!(["payments", "refunds"]));
    let suspended = place.object(&["app", "suspend", "--application", &id, "--reason", "Card tests"]);
    assert_eq!(text(&suspended, "/state"), "suspended");
    for command in ["app approve", "app suspend"] {
        assert_eq!(place.entries_by(command).await, 1, "{command}");
    }
    let nobody = "app_00000000000000000000000000";
    assert_eq!(place.failure(&["app", "approve", "--application", nobody]).0, 75);
    assert_eq!(place.failure(&["app", "approve", "--application", "nonsense"]).0, 2);
    assert_eq!(place.failure(&["app", "approve", "--application", &id, "--permissions", "everything"]).0, 2);
}

macro_rules! on_both {
    ($($name:ident)*) => {
        $(mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name(super::Place::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name(super::Place::postgres().await).await;
            }
        })*
    };
}

on_both! {
    administrators_are_made_listed_and_removed
    seeding_twice_makes_further_ones_and_the_log_stays_whole
    broken_books_are_named_and_end_with_their_own_code
    seeded_payments_are_all_there_in_whole_books
    an_application_is_made_in_the_place_of_its_developer
    the_operators_key_is_changed_while_a_server_serves
}

#[tokio::test]
async fn a_password_may_come_from_a_file_a_variable_or_standard_input_and_is_not_printed() {
    let place = Place::sqlite().await;
    let file = place.folder.path().join("password");
    std::fs::write(&file, "canary of a file\n").unwrap();
    let own = |number: u8| format!("dev{number}@example.com");
    let (first, second, third) = (own(1), own(2), own(3));
    let create = |email: &str| -> Vec<String> {
        ["developer", "create", "--name", "Dev", "--email", email].map(str::to_owned).to_vec()
    };
    let with = |email: &str, more: &[&str]| -> Vec<String> {
        let data = place.folder.path().to_str().unwrap().to_owned();
        let url = place.db.url_text();
        let common = ["--data-dir", &data, "--database-url", &url, "--log", "warn", "--json"].map(str::to_owned);
        create(email).into_iter().chain(more.iter().map(|word| (*word).to_owned())).chain(common).collect()
    };
    let started = |arguments: &[String]| {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        tallyport(place.folder.path(), &words)
    };
    let outputs = [
        started(&with(&first, &["--password-file", file.to_str().unwrap()])).output().unwrap(),
        started(&with(&second, &["--password-env", "DEV_PASSWORD"]))
            .env("DEV_PASSWORD", "canary of a variable")
            .output()
            .unwrap(),
        {
            let mut command = started(&with(&third, &["--password-stdin"]));
            let mut child =
                command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(b"canary of a pipe\n").unwrap();
            child.wait_with_output().unwrap()
        },
    ];
    for output in outputs {
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("canary") && !said.contains("password"), "{said}");
    }
    let two = with("x@example.com", &["--password-stdin", "--password-env", "DEV_PASSWORD"]);
    assert_eq!(started(&two).output().unwrap().status.code(), Some(2));
    let none = with("x@example.com", &["--password-env", "NO_SUCH_VARIABLE"]);
    assert_eq!(started(&none).output().unwrap().status.code(), Some(2));
    let short = started(&with("x@example.com", &["--password-env", "SHORT"])).env("SHORT", "short").output().unwrap();
    assert_eq!(short.status.code(), Some(75));
}

#[tokio::test]
async fn seeding_beside_a_running_server_makes_what_the_server_accepts() {
    let server = Server::start(&[]);
    let url = format!("http://{}", server.address);
    // Among so many payments are holds of weeks ago, which the server ends as soon as it sees them.
    let wanted = ["seed", "--json", "--payments", "2500", "--log", "warn", "--public-url", &url];
    let output = run(server.folder.path(), &wanted, &[]);
    assert!(output.status.success(), "{output:?}");
    let seeded: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((text(&seeded, "/base_url"), &seeded["application"]["payments"]), (url.as_str(), &Value::from(2500)));
    for environment in ["sandbox", "live"] {
        let (key, secret) =
            (text(&seeded, &format!("/{environment}/api_key")), text(&seeded, &format!("/{environment}/api_secret")));
        let answer = issue_token(server.address, key, secret);
        assert_eq!(answer.status, 200, "{environment}: {answer:?}");
    }
    for who in ["admin", "developer"] {
        let (email, password) = (text(&seeded, &format!("/{who}/email")), text(&seeded, &format!("/{who}/password")));
        let body = format!("email={}&password={password}", email.replace('@', "%40"));
        let head = format!(
            "POST /ui/sign_in\nsec-fetch-site: same-origin\naccept: text/html\n\
             content-type: application/x-www-form-urlencoded\ncontent-length: {}",
            body.len()
        );
        let answer = ask(server.address, &head, body.as_bytes());
        assert_eq!((answer.status, answer.header("location")), (303, Some("/console")), "{who}: {answer:?}");
    }
}

async fn the_operators_key_is_changed_while_a_server_serves(place: Place) {
    let keys = ["old.key", "new.key"].map(|name| place.folder.path().join(name).to_str().unwrap().to_owned());
    let [old, new] = &keys;
    for (file, byte) in [(old, 7), (new, 8)] {
        std::fs::write(file, STANDARD.encode([byte; 32])).unwrap();
    }
    let url = place.db.url_text();
    let serve = |extra: &[&str]| {
        Server::start_in(tempfile::tempdir().unwrap(), &[&["--database-url", &url], extra].concat(), &[])
    };
    let serving = serve(&["--key-encryption-key-file", old]);
    let seeded = place.object(&["seed", "--key-encryption-key-file", old]);
    let (key, secret) = (text(&seeded, "/live/api_key"), text(&seeded, "/live/api_secret"));
    assert_eq!(issue_token(serving.address, key, secret).status, 200);

    let (code, line) = place.failure(&["keys", "rewrap", "--key-encryption-key-file", new]);
    assert_eq!(code, 73, "{line}");
    let rewrap = ["keys", "rewrap", "--key-encryption-key-file", new, "--previous-key-encryption-key-file", old];
    let done = place.object(&rewrap);
    assert_eq!((done["rewrapped"].as_u64(), done["total"].as_u64()), (Some(1), Some(1)));
    assert_eq!(place.object(&rewrap)["rewrapped"], 0);
    assert_eq!(place.entries_by("keys rewrap").await, 1);
    // Who serves goes on with what it has unwrapped; who starts needs the new key and no other.
    assert_eq!(issue_token(serving.address, key, secret).status, 200);
    let fresh = serve(&["--key-encryption-key-file", new]);
    assert_eq!(issue_token(fresh.address, key, secret).status, 200);
    let (code, line) = place.failure(&["seed", "--key-encryption-key-file", old]);
    assert_eq!(code, 73, "{line}");

    let rotate = ["keys", "rotate", "--key-encryption-key-file", new];
    let mut made = vec![place.object(&rotate)];
    for purpose in ["access_token", "response_signature", "body_encryption"] {
        made.push(place.object(&[&rotate[..], &["--purpose", purpose]].concat()));
    }
    let published = serve(&["--key-encryption-key-file", new]).ask("GET /.well-known/jwks.json").body;
    for key in &made {
        assert!(published.contains(text(key, "/key")), "{key} in {published}");
    }
    assert_eq!(place.entries_by("keys rotate").await, 4);
    assert_eq!(place.failure(&["keys", "rotate", "--purpose", "everything"]).0, 2);
}

fn issue_token(address: SocketAddr, key: &str, secret: &str) -> Answer {
    let body = "grant_type=client_credentials";
    let basic = STANDARD.encode(format!("{key}:{secret}"));
    let head = format!(
        "POST /oauth/token\nauthorization: Basic {basic}\n\
         content-type: application/x-www-form-urlencoded\ncontent-length: {}",
        body.len()
    );
    ask(address, &head, body.as_bytes())
}

#[test]
fn every_command_has_help_and_takes_the_settings_file() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        &["admin", "create"][..],
        &["admin", "list"],
        &["admin", "remove"],
        &["developer", "create"],
        &["app", "create"],
        &["app", "approve"],
        &["app", "suspend"],
        &["audit", "verify"],
        &["keys", "rewrap"],
        &["keys", "rotate"],
        &["verify"],
        &["seed"],
    ] {
        let output = run(folder.path(), &[command, &["--help"]].concat(), &[]);
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && help.contains("--json") && help.contains("--data-dir"),
            "{command:?}: {help}"
        );
    }
    // A nested command reads the file as the others do: a folder that cannot be made is named.
    std::fs::write(folder.path().join("tallyport.toml"), "data-dir = \"/dev/null/data\"\n").unwrap();
    let output = run(folder.path(), &["admin", "list"], &[]);
    assert_eq!(output.status.code(), Some(66), "{output:?}");
    let unknown = run(folder.path(), &["admin", "list"], &[("TALLYPORT_NONSENSE", "1")]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[tokio::test]
async fn verifying_touches_no_database_that_is_not_there_or_not_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["audit", "verify", "--data-dir", folder.path().to_str().unwrap()], &[]);
    assert_eq!(output.status.code(), Some(68), "{output:?}");
    std::fs::write(folder.path().join("tallyport.db"), "").unwrap();
    let output = run(folder.path(), &["audit", "verify", "--data-dir", folder.path().to_str().unwrap()], &[]);
    assert_eq!(output.status.code(), Some(71), "{output:?}");
}
