//! The link that makes the first administrator.

use crate::browser::{Browser, PASSWORD};
use crate::support::{TestApp, on_both_databases};

async fn link(app: &TestApp) -> String {
    let link = app.services.first_administrator_link().await.unwrap().unwrap();
    link.strip_prefix(app.services.public_url()).unwrap().to_owned()
}

on_both_databases! {
    async fn the_link_works_once_and_signs_in(app: TestApp) {
        let path = link(app).await;
        let browser = Browser::new(app);
        let page = browser.get(&path).await;
        assert_eq!((page.status, page.header("referrer-policy")), (200, "no-referrer"));
        assert_eq!(page.header("cache-control"), "no-store");
        let token = page.between("name=\"token\" value=\"", "\"").to_owned();
        let fields = [("token", &*token), ("name", "Root"), ("email", "root@example.com"), ("password", PASSWORD)];
        let answer = browser.post("/ui/setup", &fields).await;
        assert_eq!(answer.location, "/console");
        browser.get("/console").await.assert_shows("root@example.com");

        let stranger = Browser::new(app);
        let page = stranger.get(&path).await;
        assert_eq!(page.status, 404);
        page.assert_shows("This link does not work");
        let fields = [("token", &*token), ("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)];
        stranger.submit("/ui/setup", &fields).await.assert_shows("This link does not work");
        assert_eq!(stranger.sign_in("eve@example.com").await.location, "/signin");
    }
}

#[tokio::test]
async fn a_mistake_in_the_form_does_not_use_the_link_up() {
    let app = TestApp::sqlite().await;
    app.sign_up("taken@example.com", PASSWORD).await;
    let path = link(&app).await;
    let token = path.split_once('=').unwrap().1;
    let browser = Browser::new(&app);
    let fields = [("token", token), ("name", ""), ("email", "root@example.com"), ("password", PASSWORD)];
    let page = browser.submit("/ui/setup", &fields).await;
    page.assert_shows("Enter a name of 1 to 80 characters.");
    page.assert_shows("value=\"root@example.com\"");
    let fields = [("token", token), ("name", "Root"), ("email", "taken@example.com"), ("password", PASSWORD)];
    browser.submit("/ui/setup", &fields).await.assert_shows("This address has an account already.");
}

#[tokio::test]
async fn an_invented_token_is_told_in_words() {
    let app = TestApp::sqlite().await;
    for path in ["/setup", "/setup?token=", "/setup?token=AAAA", "/setup?token=%22%3E%3Cscript%3E"] {
        let page = Browser::new(&app).get(path).await;
        assert_eq!(page.status, 404, "{path}");
        page.assert_shows("This link does not work");
        assert!(!page.html.contains("\"><script>"), "{path}");
    }
}
