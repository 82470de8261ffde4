//! Every kind of secret that a server process is given or makes, searched for wherever it could be left
//! behind: in pages, in the log at its most talkative, in mails, and in a dump of the database.

use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tallyport_service::ports::{Clock as _, SystemClock};
use tallyport_storage::DatabaseUrl;
use tallyport_storage::test_support::TestDb;
use totp_rs::{Algorithm, Builder};

use crate::mail_server::MailServer;
use crate::program::{PATIENCE, Server};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "canary of a password";
const SECOND_PASSWORD: &str = "canary of another password";
const WRONG_PASSWORD: &str = "canary of a mistyped password";
const PRIVATE_KEY: &str = "Q0FOQVJZT0ZBUFJJVkFURUtFWQ";

/// A secret, and the page that shows it, the mail that carries it.
struct Canary {
    name: &'static str,
    text: String,
    shown_once: bool,
    mailed_once: bool,
}

impl Canary {
    fn never_shown(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), shown_once: false, mailed_once: false }
    }

    fn shown_once(name: &'static str, text: impl Into<String>) -> Self {
        Self { shown_once: true, ..Self::never_shown(name, text) }
    }

    /// The token of a link is in its mail and in the form of its page.
    fn of_a_link(name: &'static str, text: impl Into<String>) -> Self {
        Self { mailed_once: true, ..Self::shown_once(name, text) }
    }

    /// The ways in which it could lie in a file.
    fn spellings(&self) -> [String; 3] {
        let hex: String = self.text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let base64 = STANDARD_NO_PAD.encode(&self.text);
        [self.text.clone(), hex, base64]
    }
}

/// A browser that keeps every page it is shown.
struct Visitor<'a> {
    client: reqwest::Client,
    server: &'a Server,
    pages: Mutex<Vec<(String, String)>>,
    sessions: Mutex<Vec<String>>,
}

impl<'a> Visitor<'a> {
    #[expect(clippy::disallowed_methods, reason = "it calls nobody but the server of this test")]
    fn new(server: &'a Server) -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none());
        let client = client.no_proxy().timeout(PATIENCE).build().unwrap();
        Self { client, server, pages: Mutex::default(), sessions: Mutex::default() }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address)
    }

    async fn get(&self, path: &str) -> String {
        let answer = self.client.get(self.url(path)).header("accept", "text/html").send().await.unwrap();
        self.keep(path, answer).await.1
    }

    /// Posts a form and opens the page that it leads to.
    async fn submit(&self, form: &str, fields: &[(&str, &str)]) -> String {
        let request = self.client.post(self.url(form)).header("accept", "text/html");
        let answer = request.header("sec-fetch-site", "same-origin").form(fields).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{form}");
        let (location, _) = self.keep(form, answer).await;
        self.get(&location).await
    }

    async fn keep(&self, path: &str, answer: reqwest::Response) -> (String, String) {
        for cookie in answer.headers().get_all("set-cookie") {
            let session = cookie.to_str().unwrap().strip_prefix("tallyport=");
            let session = session.and_then(|rest| rest.split(';').next()).filter(|id| !id.is_empty());
            self.sessions.lock().unwrap().extend(session.map(str::to_owned));
        }
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let html = answer.text().await.unwrap();
        self.pages.lock().unwrap().push((path.to_owned(), html.clone()));
        (location.unwrap_or_default(), html)
    }

    /// An access token, or what was said instead.
    async fn token(&self, key: &str, secret: &str) -> serde_json::Value {
        let form = [("grant_type", "client_credentials")];
        let request = self.client.post(self.url("/oauth/token")).basic_auth(key, Some(secret)).form(&form);
        request.send().await.unwrap().json().await.unwrap()
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before:?} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no {after:?} behind {before:?}")).0
}

/// Mails as their readers see them.
fn readable(mails: &MailServer) -> Vec<String> {
    mails.taken().iter().map(|mail| mail.replace("=\n", "").replace("=3D", "=")).collect()
}

/// The token of the link to a page in the newest mail that has one.
async fn mailed_token(mails: &MailServer, page: &str) -> String {
    let link = format!("{page}?token=");
    let waiting = async {
        loop {
            if let Some(mail) = readable(mails).into_iter().rev().find(|mail| mail.contains(&link)) {
                return between(&mail, &link, "\n").trim().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("the mail arrives")
}

/// Lives through everything that has to do with a secret, and tells them all.
async fn live(visitor: &Visitor<'_>, mails: &MailServer) -> Vec<Canary> {
    let sign_up = [("name", "Ada"), ("email", EMAIL), ("password", PASSWORD)];
    visitor.submit("/ui/sign_up", &sign_up).await;
    let verify = mailed_token(mails, "/verify").await;
    visitor.get(&format!("/verify?token={verify}")).await;
    let console = visitor.submit("/ui/verify", &[("token", &verify), ("password", "")]).await;

    let application = format!("app_{}", &between(&console, "value=\"app_", "\""));
    let keys = visitor.submit("/ui/show_my_keys", &[("application", &application)]).await;
    let api_secret = between(&keys, "class=\"secret-value\">sk_sandbox_", "<");
    let api_secret = format!("sk_sandbox_{api_secret}");
    let api_key = format!("ak_{}", &between(&keys, "ak_", "<")[..26]);
    let access_token = visitor.token(&api_key, &api_secret).await["access_token"].as_str().unwrap().to_owned();
    let list = visitor.client.get(visitor.url("/v1/payments")).bearer_auth(&access_token).send().await.unwrap();
    assert_eq!(list.status(), 200);
    let (start, last) = api_secret.split_at(api_secret.len() - 1);
    let mistyped = format!("{start}{}", if last == "0" { "1" } else { "0" });
    assert_eq!(visitor.token(&api_key, &mistyped).await["error"], "invalid_client");
    let call = [("application", application.as_str()), ("order_id", "A-1"), ("amount", "1.00"), ("currency", "USD")];
    visitor.submit("/ui/try_it", &[&call[..], &[("method", "card_ok")]].concat()).await;
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{PRIVATE_KEY}\n-----END PRIVATE KEY-----");
    let key = [("application", application.as_str()), ("environment", "sandbox"), ("name", "Leak"), ("pem", &pem)];
    visitor.submit("/ui/add_public_key", &key).await;

    let started = visitor.submit("/ui/start_totp", &[("password", PASSWORD)]).await;
    let totp = between(&started, "class=\"copyable-value\">", "</code>").to_owned();
    let secret = totp_rs::Secret::try_from_base32(totp.replace(' ', "")).unwrap();
    let authenticator =
        Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret).with_account_name("a").build().unwrap();
    let now_s = u64::try_from(SystemClock.now_ms() / 1000).unwrap();
    let code = authenticator.generate(now_s).to_string();
    let confirmed = visitor.submit("/ui/confirm_totp", &[("code", &code)]).await;
    let codes = between(&confirmed, "class=\"secret-value\">", "</code>").to_owned();

    visitor.submit("/ui/sign_out", &[]).await;
    visitor.submit("/ui/sign_in", &[("email", EMAIL), ("password", WRONG_PASSWORD)]).await;
    visitor.submit("/ui/sign_in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    visitor.submit("/ui/second_step", &[("code", codes.lines().next().unwrap())]).await;
    visitor.submit("/ui/sign_out", &[]).await;
    visitor.submit("/ui/forgot", &[("email", EMAIL)]).await;
    let reset = mailed_token(mails, "/reset").await;
    visitor.get(&format!("/reset?token={reset}")).await;
    visitor.submit("/ui/reset", &[("token", &reset), ("password", SECOND_PASSWORD)]).await;
    visitor.submit("/ui/sign_in", &[("email", EMAIL), ("password", SECOND_PASSWORD)]).await;
    let console = visitor.submit("/ui/second_step", &[("code", codes.lines().nth(1).unwrap())]).await;
    assert!(console.contains("href=\"/console/account\""), "{console}");

    let sessions = visitor.sessions.lock().unwrap().clone();
    let given = [PASSWORD, SECOND_PASSWORD, WRONG_PASSWORD].map(|text| Canary::never_shown("password", text));
    let made = [
        Canary::never_shown("private key", PRIVATE_KEY),
        Canary::never_shown("access token", access_token),
        Canary::never_shown("mistyped api_secret", mistyped),
        Canary::shown_once("api_secret", api_secret),
        Canary::never_shown("TOTP secret without spaces", totp.replace(' ', "")),
        Canary::shown_once("TOTP secret", totp),
        Canary::of_a_link("verification", verify),
        Canary::of_a_link("reset", reset),
    ];
    assert!(sessions.len() >= 3, "{sessions:?}");
    let codes = codes.lines().map(|code| Canary::shown_once("recovery code", code));
    let sessions = sessions.into_iter().map(|id| Canary::never_shown("session", id));
    given.into_iter().chain(made).chain(codes).chain(sessions).collect()
}

/// Everything that the database holds, as whoever takes it away would see it.
fn dump(db: &TestDb) -> Vec<u8> {
    match &db.url {
        DatabaseUrl::Sqlite { path } => {
            let files = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
            files.flat_map(|file| std::fs::read(file).unwrap()).collect()
        }
        DatabaseUrl::Postgres { .. } => {
            // What stands behind the question mark is for our own driver.
            let url = db.url_text();
            let url = url.split('?').next().unwrap_or(&url);
            let output = Command::new("pg_dump").args(["--dbname", url]).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            output.stdout
        }
        DatabaseUrl::SqliteScratch => unreachable!("a test database has a file or a server"),
    }
}

async fn secrets_are_left_nowhere(db: TestDb) {
    let mails = MailServer::start().await;
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let smtp = format!("smtp://127.0.0.1:{}?tls=off", mails.port);
    let url = db.url_text();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap().to_owned();
    let mut server = Server::start_logging(
        folder,
        &["--database-url", &url, "--data-dir", &data, "--mail", &smtp, "--mail-from", "post@pay.example"],
        &log,
    );
    let visitor = Visitor::new(&server);
    let canaries = live(&visitor, &mails).await;
    let pages = visitor.pages.into_inner().unwrap();
    server.signal("TERM");
    assert!(server.wait().success());

    // Every secret is spelled in ASCII, which stays as it is among whatever is no text.
    let (log, dump) = (std::fs::read(&log).unwrap(), dump(&db));
    let [log, dump] = [&log, &dump].map(|bytes| String::from_utf8_lossy(bytes));
    let mails = readable(&mails);
    // What is searched is the log of these very requests, and the rows that they left.
    assert!(log.contains("/ui/confirm_totp") && log.contains("DEBUG"));
    assert!(dump.contains(EMAIL));
    for canary in &canaries {
        let name = canary.name;
        let shown: Vec<&str> =
            pages.iter().filter(|(_, html)| html.contains(&canary.text)).map(|(path, _)| path.as_str()).collect();
        assert_eq!(shown.len(), usize::from(canary.shown_once), "{name} on {shown:?}");
        let mailed = mails.iter().filter(|mail| mail.contains(&canary.text)).count();
        assert_eq!(mailed, usize::from(canary.mailed_once), "{name} in mails");
        for spelling in canary.spellings() {
            assert!(!log.contains(&spelling), "{name} in the log");
            assert!(!dump.contains(&spelling), "{name} in the database");
        }
    }
    println!("{} secrets, {} pages, {} mails, {} bytes of log", canaries.len(), pages.len(), mails.len(), log.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_left_nowhere_on_sqlite() {
    secrets_are_left_nowhere(TestDb::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_left_nowhere_on_postgres() {
    secrets_are_left_nowhere(TestDb::postgres().await).await;
}
