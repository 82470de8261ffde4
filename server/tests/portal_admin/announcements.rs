//! Announcements: shown, hidden, and never more than text.

use crate::administrator;
use crate::browser::Browser;
use crate::support::{TestApp, on_both_databases};

const TEXT: &str = "</p><script>alert(1)</script> & \"quotes\"";

on_both_databases! {
    async fn an_announcement_is_text_and_can_be_hidden(app: TestApp) {
        let browser = administrator(app).await;
        let fields = [("text_en", TEXT), ("text_zh", "维护<img src=x>"), ("tone", "warning"), ("on_landing", "yes")];
        let page = browser.submit("/ui/announce", &fields).await;
        page.assert_shows("&lt;script&gt;alert(1)&lt;/script&gt;");
        let stranger = Browser::new(app);
        for path in ["/", "/?lang=zh"] {
            let page = stranger.get(path).await;
            assert!(!page.html.contains("<script>alert") && !page.html.contains("<img src=x"), "{page:?}");
        }
        stranger.get("/?lang=zh").await.assert_shows("维护&lt;img src=x&gt;");
        assert!(!stranger.get("/docs").await.html.contains("announcement-text"));

        let page = stranger.get("/").await;
        let id = page.between("name=\"announcement\" value=\"", "\"").to_owned();
        let answer = stranger.post("/ui/dismiss_announcement", &[("announcement", &id), ("back", "//evil.example")]).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/"));
        assert!(!stranger.get("/").await.html.contains("announcement-text"));
        // Others still see it, until it is withdrawn.
        browser.get("/console").await.assert_shows("announcement-text");
        browser.post("/ui/withdraw_announcement", &[("announcement", &id)]).await;
        assert!(!browser.get("/console").await.html.contains("announcement-text"));
    }
}

#[tokio::test]
async fn one_that_is_only_for_the_console_is_not_on_the_start_page() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    browser.submit("/ui/announce", &[("text_en", "Inside"), ("text_zh", "内部"), ("tone", "info")]).await;
    browser.get("/console").await.assert_shows("Inside");
    assert!(!browser.get("/").await.html.contains("Inside"));
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    let page = browser.submit("/ui/announce", &[("text_en", "Kept"), ("from", "soon")]).await;
    page.assert_shows("This is no time.");
    page.assert_shows("Kept");
    let fields = [("text_en", "Kept"), ("from", "2030-01-02T00:00"), ("until", "2030-01-01T00:00")];
    let page = browser.submit("/ui/announce", &fields).await;
    page.assert_shows("Enter 1 to 400 characters in Chinese.");
    page.assert_shows("The end has to be later than the beginning.");
    assert_eq!(app.db.number("SELECT count(*) FROM announcements").await, 0);
}
