//! Browsers of those who take part, and the forms that they post.

use tallyport_domain::ids::AppId;
use tallyport_domain::{Language, Role};
use tallyport_service::Member;
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use zeroize::Zeroizing;

use crate::browser::{Browser, PASSWORD, Page};
use crate::support::TestApp;

pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";
const BOUNDARY: &str = "----tallyport-test";

/// Somebody with an account, signed in.
pub(crate) async fn person<'a>(app: &'a TestApp, name: &str, role: Role) -> (Member, Browser<'a>) {
    let email = format!("{}@example.com", name.to_lowercase());
    let password = Zeroizing::new(PASSWORD.to_owned());
    let sign_up = SignUp { name, email: &email, password, language: Language::En };
    let member = app.services.create_account(&Actor::command("test"), sign_up, role).await.unwrap();
    let browser = Browser::new(app);
    assert_eq!(browser.sign_in(&email).await.status, 303);
    (member, browser)
}

pub(crate) async fn application(app: &TestApp, owner: &Member) -> AppId {
    app.services.make_application(owner, "Bookshop").await.unwrap().application.id
}

/// Every answer of a complete submission, as the form's fields.
pub(crate) fn fields(intent: &str, application: AppId) -> Vec<(String, String)> {
    [
        ("application", application.to_string().as_str()),
        ("intent", intent),
        ("answers[purpose]", "Sells printed books to readers in Europe."),
        ("wanted[payments]", "on"),
        ("wanted[refunds]", "on"),
        ("answers[legal_name]", "Bookshop GmbH"),
        ("answers[registration_number]", "HRB 1234"),
        ("answers[country]", "DE"),
        ("answers[website]", "https://books.example"),
        ("answers[contact_name]", "Ada"),
        ("answers[contact_email]", "ada@books.example"),
        ("answers[monthly_volume]", "10k_to_100k"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// The same with one field changed.
pub(crate) fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    for field in &mut fields {
        if field.0 == name {
            value.clone_into(&mut field.1);
        }
    }
    fields
}

pub(crate) async fn post(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

pub(crate) async fn submit(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let answer = post(browser, path, fields).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    browser.get(&answer.location).await
}

/// A form of several parts, as a browser writes it.
pub(crate) fn parts(fields: &[(String, String)], file_name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let file_name = file_name.replace('"', "%22");
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"document\"; filename=\"{file_name}\"\r\n\
         Content-Type: application/pdf\r\n\r\n"
    );
    body.extend(head.bytes());
    body.extend(bytes);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// Posts such a form, or something that only says it is one.
pub(crate) async fn post_parts(browser: &Browser<'_>, site: &str, path: &str, kind: &str, body: Vec<u8>) -> Page {
    let request = browser.posting(site, path).header("content-type", kind).body(body);
    Page::read(request.send().await.unwrap()).await
}

/// Uploads a document and opens the page that follows.
pub(crate) async fn upload(browser: &Browser<'_>, application: AppId, file_name: &str, bytes: &[u8]) -> Page {
    let (kind, body) = parts(&fields("save", application), file_name, bytes);
    let answer = post_parts(browser, "same-origin", &format!("/ui/documents/{application}"), &kind, body).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    browser.get(&answer.location).await
}

pub(crate) async fn in_application(browser: &Browser<'_>, path: &str, id: AppId, more: &[(&str, &str)]) -> Page {
    let id = id.to_string();
    let mut fields = vec![("application", id.as_str())];
    fields.extend(more);
    browser.submit(path, &fields).await
}
