//! Settings through their page.

use tallyport_domain::settings::{Setting, SettingKind};

use crate::administrator;
use crate::browser::Browser;
use crate::support::{TestApp, on_both_databases, until};

on_both_databases! {
    async fn links_stand_in_the_foot_of_every_process_within_a_second(app: TestApp) {
        let browser = administrator(app).await;
        let fields = [("support_link", "mailto:help@example.com"), ("terms_link", "https://pay.example/terms?a=b&c=d")];
        browser.submit("/ui/change_settings", &fields).await.assert_shows("The settings count from now on.");
        let page = browser.get("/").await;
        page.assert_shows("href=\"https://pay.example/terms?a=b&amp;c=d\"");
        let other = app.another_process().await;
        let reader = Browser::new(&other);
        until(async || reader.get("/").await.html.contains("mailto:help@example.com")).await;
    }
}

#[tokio::test]
async fn what_does_not_fit_is_kept_beside_the_reason_and_changes_nothing() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    let fields = [
        ("terms_link", "javascript:alert(1)"),
        ("mail_from_name", "\"><script>alert(1)</script>"),
        ("applications_per_team", "0"),
    ];
    let page = browser.submit("/ui/change_settings", &fields).await;
    page.assert_shows("Enter an address that begins with https:// or mailto:, or nothing.");
    page.assert_shows("Enter a whole number from 1 to 10000.");
    page.assert_shows("value=\"javascript:alert(1)\"");
    assert!(!page.html.contains("<script>alert") && !page.html.contains("href=\"javascript:"), "{page:?}");
    assert_eq!(app.db.number("SELECT count(*) FROM settings").await, 0);
}

#[tokio::test]
async fn every_setting_can_be_changed_on_the_page() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    for setting in Setting::ALL {
        let text = match setting.spec().kind {
            SettingKind::Choice(words) => words[words.len() - 1].to_owned(),
            SettingKind::Number { max, .. } => max.to_string(),
            SettingKind::Line { .. } => "Acme".to_owned(),
            SettingKind::Link => "https://help.example".to_owned(),
        };
        browser.submit("/ui/change_settings", &[(setting.as_str(), &text)]).await.assert_shows("The settings count");
        assert_eq!(app.services.settings().await.unwrap().text(*setting), text, "{}", setting.as_str());
    }
}
