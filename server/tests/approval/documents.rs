//! Documents over HTTP: how they come in, and that they leave as files only.

use tallyport_domain::Role;

use crate::people::{PDF, application, fields, parts, person, post_parts, submit, upload};
use crate::support::{TestApp, on_both_databases};

const LIMIT: usize = 5 * 1024 * 1024;

/// A PDF of exactly so many bytes.
fn pdf_of(bytes: usize) -> Vec<u8> {
    let mut pdf = PDF.to_vec();
    pdf.resize(bytes, b'\n');
    pdf
}

on_both_databases! {
    async fn a_document_leaves_as_a_file_to_be_kept(app: TestApp) {
        let (ada, team) = person(app, "Ada", Role::Developer).await;
        let (_, grace) = person(app, "Grace", Role::Administrator).await;
        let (_, eve) = person(app, "Eve", Role::Developer).await;
        let id = application(app, &ada).await;
        let page = upload(&team, id, "营业执照.pdf", PDF).await;
        let path = format!("/documents/{}", page.between("href=\"/documents/", "\""));
        let file = team.get(&path).await;
        assert_eq!((file.status, file.html.as_bytes()), (200, PDF));
        for (name, value) in [
            ("content-type", "application/pdf"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cache-control", "no-store"),
            ("content-disposition", "attachment; filename=\"____.pdf\"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf"),
        ] {
            assert_eq!(file.header(name), value, "{name}");
        }
        // What is not submitted is the team's own, and nobody else's in any case.
        assert_eq!((grace.get(&path).await.status, eve.get(&path).await.status), (404, 404));
        assert_eq!(crate::browser::Browser::new(app).get(&path).await.location, "/signin");
        submit(&team, "/ui/save_submission", &fields("submit", id)).await;
        assert_eq!((grace.get(&path).await.status, eve.get(&path).await.status), (200, 404));
    }

    async fn the_largest_document_is_taken_and_a_byte_more_is_not(app: TestApp) {
        let (ada, team) = person(app, "Ada", Role::Developer).await;
        let id = application(app, &ada).await;
        upload(&team, id, "large.pdf", &pdf_of(LIMIT)).await.assert_shows("5.2 MB");
        let page = upload(&team, id, "larger.pdf", &pdf_of(LIMIT + 1)).await;
        page.assert_shows("The file is larger than 5 MB.");
        assert_eq!(app.db.number("SELECT count(*) FROM documents").await, 1);
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_of_the_route_is_refused_and_others_keep_theirs() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let id = application(&app, &ada).await;
    let (kind, body) = parts(&[], "large.pdf", &pdf_of(6 * 1024 * 1024));
    let answer = post_parts(&team, "same-origin", &format!("/ui/documents/{id}"), &kind, body).await;
    assert_eq!(answer.status, 413, "{answer:?}");
    let (kind, body) = parts(&[], "large.pdf", &pdf_of(2 * 1024 * 1024));
    let answer = post_parts(&team, "same-origin", "/ui/save_submission", &kind, body).await;
    assert_eq!(answer.status, 413, "{answer:?}");
}

#[tokio::test]
async fn what_only_calls_itself_a_document_is_refused_beside_the_field() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let id = application(&app, &ada).await;
    for (name, bytes) in [
        ("licence.pdf", &b"<!DOCTYPE html><script>alert(1)</script>"[..]),
        ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("both.pdf", b"%PDF-1.7\n%%EOF\n<script>alert(1)</script>"),
    ] {
        let page = upload(&team, id, name, bytes).await;
        page.assert_shows("Only PDF, PNG and JPEG are taken");
        // What was typed beside it is kept.
        page.assert_shows("value=\"Bookshop GmbH\"");
    }
    upload(&team, id, "", b"").await.assert_shows("Choose a file that is not empty.");
    assert_eq!(app.db.number("SELECT count(*) FROM documents").await, 0);
}

#[tokio::test]
async fn uploads_of_strangers_and_of_other_sites_are_refused() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let (_, eve) = person(&app, "Eve", Role::Developer).await;
    let id = application(&app, &ada).await;
    let path = format!("/ui/documents/{id}");
    let (kind, body) = parts(&[], "a.pdf", PDF);
    assert_eq!(post_parts(&eve, "same-origin", &path, &kind, body.clone()).await.status, 404);
    assert_eq!(post_parts(&team, "cross-site", &path, &kind, body.clone()).await.status, 403);
    assert_eq!(post_parts(&team, "same-origin", &path, "text/plain", body.clone()).await.status, 415);
    assert_eq!(post_parts(&team, "same-origin", "/ui/documents/app_1", &kind, body.clone()).await.status, 404);
    let nobody = crate::browser::Browser::new(&app);
    assert_eq!(post_parts(&nobody, "same-origin", &path, &kind, body).await.location, "/signin");
    assert_eq!(app.db.number("SELECT count(*) FROM documents").await, 0);
}
