//! Mail through a mail server.

use tallyport_service::mail::{LEASE_MS, TRIES_MAX, Transport};
use tallyport_storage::test_support::TestDb;

use crate::browser::Browser;
use crate::mail_server::MailServer;
use crate::support::{Chosen, TestApp, until};

const EMAIL: &str = "ada@example.com";
/// Longer than any wait between two tries.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

async fn app(server: &MailServer, db: TestDb) -> TestApp {
    let address = format!("smtp://127.0.0.1:{}?tls=off", server.port).parse().unwrap();
    let mail = Transport::smtp(&address, "Tallyport <post@pay.example>").unwrap();
    TestApp::chosen(db, Chosen { mail, ..Chosen::default() }).await
}

async fn sends_once_and_keeps_no_mailbox(db: TestDb) {
    let server = MailServer::start().await;
    let app = app(&server, db).await;
    app.sign_up(EMAIL, crate::browser::PASSWORD).await;
    let browser = Browser::new(&app);
    browser.post("/ui/forgot", &[("email", EMAIL)]).await;
    until(async || !server.taken().is_empty()).await;
    app.clock.advance(DAY_MS);
    assert_eq!(app.services.send_due_mails().await.unwrap(), 0);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let mail = taken[0].replace("=\n", "").replace("=3D", "=");
    for part in [
        "MAIL FROM:<post@pay.example>",
        "RCPT TO:<ada@example.com>",
        "Subject: Choose a new password",
        "Message-ID: <mail_",
    ] {
        assert!(mail.contains(part), "no {part} in {mail}");
    }
    assert!(mail.contains(&app.mailed_link(EMAIL).await), "{mail}");
    assert_eq!(browser.get("/dev/mail").await.status, 404);
    assert!(!browser.get("/forgot?notice=sent").await.html.contains("/dev/mail"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_is_sent_once_and_there_is_no_local_mailbox_on_sqlite() {
    sends_once_and_keeps_no_mailbox(TestDb::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_is_sent_once_and_there_is_no_local_mailbox_on_postgres() {
    sends_once_and_keeps_no_mailbox(TestDb::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_mail_is_tried_again_and_arrives() {
    let server = MailServer::start().await;
    server.refuse(true);
    let app = app(&server, TestDb::sqlite().await).await;
    app.sign_up(EMAIL, crate::browser::PASSWORD).await;
    app.services.forgot_password(None, EMAIL).await.unwrap();
    until(async || app.db.number("SELECT count(*) FROM mails WHERE attempts = 1").await == 1).await;
    server.refuse(false);
    // Not before its time.
    assert_eq!(app.services.send_due_mails().await.unwrap(), 0);
    app.clock.advance(DAY_MS);
    until(async || server.taken().len() == 1).await;
    until(async || app.db.number("SELECT count(*) FROM mails WHERE status = 'sent'").await == 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_is_always_refused_fails_in_the_end() {
    let server = MailServer::start().await;
    server.refuse(true);
    let app = app(&server, TestDb::sqlite().await).await;
    app.sign_up(EMAIL, crate::browser::PASSWORD).await;
    app.services.forgot_password(None, EMAIL).await.unwrap();
    for tries in 1..=TRIES_MAX {
        until(async || app.db.number("SELECT max(attempts) FROM mails").await == tries).await;
        if tries < TRIES_MAX {
            // It is leased until its sender has postponed it, which goes by the time at that moment.
            let leased_until_ms = app.services.clock().now_ms() + LEASE_MS;
            let leased = format!("SELECT count(*) FROM mails WHERE due_at_ms = {leased_until_ms}");
            until(async || app.db.number(&leased).await == 0).await;
            app.clock.advance(DAY_MS);
        }
    }
    until(async || app.db.number("SELECT count(*) FROM mails WHERE status = 'failed'").await == 1).await;
    assert!(server.taken().is_empty());
}
