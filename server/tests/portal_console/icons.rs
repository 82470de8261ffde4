//! Uploaded pictures: only what is one, only for those who may see it, and never as anything else.

use tallyport_domain::icon::ICON_BYTES_MAX;

use crate::browser::{Browser, Page};
use crate::support::TestApp;

const EMAIL: &str = "ada@example.com";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

/// What stands between the parts of a form with a file.
const BOUNDARY: &str = "the-boundary-of-a-test";

/// A form with a file.
struct Upload<'a> {
    application: &'a str,
    /// The field, what the file is called, what the sender says it is, and what it is.
    file: Option<(&'a str, &'a str, &'a str, &'a [u8])>,
}

impl Upload<'_> {
    /// Posts it; `site` is what the browser says about the page that it stood on.
    async fn post(&self, browser: &Browser<'_>, site: &str) -> Page {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = browser.posting(site, &format!("/ui/icons/{}", self.application));
        Page::read(request.header("content-type", kind).body(self.body()).send().await.unwrap()).await
    }

    fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        if let Some((name, file, claimed, bytes)) = self.file {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: {claimed}\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        body
    }
}

/// Uploads an icon under a name and a type of the sender's choice.
async fn upload(browser: &Browser<'_>, application: &str, (name, claimed): (&str, &str), bytes: &[u8]) -> Page {
    let upload = Upload { application, file: Some(("icon", name, claimed, bytes)) };
    upload.post(browser, "same-origin").await
}

/// The member's first application.
async fn first_application(browser: &Browser<'_>) -> String {
    let list = browser.get("/console/applications").await;
    let id = list.between("href=\"/console/applications/app_", "\"").to_owned();
    format!("app_{id}")
}

#[tokio::test]
async fn a_picture_is_served_as_what_it_is_and_to_its_team_only() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let id = first_application(&browser).await;
    let icon = format!("/console/applications/{id}/icon");
    assert_eq!(browser.get(&icon).await.status, 404);
    // What the sender says about the file does not count.
    let answer = upload(&browser, &id, ("icon.html", "text/html"), PNG).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let page = browser.get(&format!("/console/applications/{id}")).await;
    page.assert_shows(&format!("src=\"{icon}?revision="));

    let served = browser.get(&icon).await;
    assert_eq!((served.status, served.header("content-type")), (200, "image/png"));
    assert_eq!(served.header("x-content-type-options"), "nosniff");
    assert_eq!(served.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert!(served.header("cache-control").starts_with("private"), "{served:?}");

    let other = Browser::of_member(&app, "eve@example.com").await;
    assert_eq!(other.get(&icon).await.status, 404);
    assert_eq!(upload(&other, &id, ("icon.png", "image/png"), PNG).await.status, 404);
    assert_eq!(other.post("/ui/remove_icon", &[("application", &id)]).await.status, 404);
    assert_eq!(Browser::new(&app).get(&icon).await.status, 404);

    assert_eq!(browser.post("/ui/remove_icon", &[("application", &id)]).await.status, 303);
    assert_eq!(browser.get(&icon).await.status, 404);
}

#[tokio::test]
async fn files_that_are_no_pictures_are_refused_whatever_they_are_called() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let id = first_application(&browser).await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let large = [PNG, &vec![0; ICON_BYTES_MAX]].concat();
    for (bytes, message) in [
        (svg, "SVG files can hold scripts"),
        (b"<html><script>alert(1)</script>".to_vec(), "neither a PNG nor a JPEG"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "neither a PNG nor a JPEG"),
        (b"\xff\xd8\xff<script>alert(1)</script>".to_vec(), "neither a PNG nor a JPEG"),
        (large, "larger than 64 KB"),
        (Vec::new(), "Choose a file."),
    ] {
        let answer = upload(&browser, &id, ("icon.png", "image/png"), &bytes).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        browser.get(&answer.location).await.assert_shows(message);
    }
    assert_eq!(app.db.number("SELECT count(*) FROM application_icons").await, 0);
    // A form without a file, one of another kind, one that breaks off, or for nobody's application.
    let plain = browser.post(&format!("/ui/icons/{id}"), &[("icon", "x")]).await;
    assert_eq!(plain.status, 415);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let half = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"icon\"\r\n\r\nhalf").into_bytes();
    let broken = {
        let request = browser.posting("same-origin", &format!("/ui/icons/{id}"));
        Page::read(request.header("content-type", kind).body(half).send().await.unwrap()).await
    };
    assert_eq!(broken.status, 400);
    let without = Upload { application: &id, file: None }.post(&browser, "same-origin").await;
    assert_eq!(without.status, 303, "{without:?}");
    let nobodys = upload(&browser, "app_1", ("icon.png", "image/png"), PNG).await;
    assert_eq!(nobodys.status, 404);
}

#[tokio::test]
async fn another_site_uploads_nothing() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let id = first_application(&browser).await;
    let upload = Upload { application: &id, file: Some(("icon", "icon.png", "image/png", PNG)) };
    let answer = upload.post(&browser, "cross-site").await;
    assert_eq!(answer.status, 403);
    assert_eq!(app.db.number("SELECT count(*) FROM application_icons").await, 0);
}
