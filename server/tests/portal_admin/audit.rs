//! The audit log's page and file.

use crate::administrator;
use crate::support::{TestApp, on_both_databases};

on_both_databases! {
    async fn the_file_holds_every_entry_and_no_formula(app: TestApp) {
        let browser = administrator(app).await;
        // Names and reasons are chosen by people; some begin like a formula.
        let bob = app.developer("Bob").await.developer_id.to_string();
        browser.submit("/ui/suspend_person", &[("developer", &bob), ("reason", "=HYPERLINK(\"https://evil.example\")")]).await;
        app.db.execute("UPDATE audit_entries SET actor = '=1+1', network = '@SUM(A1)' WHERE sequence = 1").await;
        let file = browser.get("/admin/audit.csv").await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"audit.csv\"");
        assert_eq!(file.header("cache-control"), "no-store");
        let lines: Vec<&str> = file.html.lines().collect();
        assert_eq!(lines[0], "\u{feff}sequence,time,actor_kind,actor,action,object,detail,network");
        assert_eq!(i64::try_from(lines.len()).unwrap(), 1 + app.db.number("SELECT count(*) FROM audit_entries").await);
        for cell in lines[1..].iter().flat_map(|line| line.split("\",\"")) {
            let cell = cell.trim_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
        file.assert_shows("\"'=1+1\"");
        let one = browser.get("/admin/audit.csv?action=developer.suspended").await;
        assert_eq!(one.html.lines().count(), 2);
    }

    async fn a_file_longer_than_one_reading_is_whole(app: TestApp) {
        let browser = administrator(app).await;
        let copy = "INSERT INTO audit_entries (sequence, actor_kind, actor, action, object, detail, network, created_at_ms, hash) \
            SELECT sequence + (SELECT max(sequence) FROM audit_entries), actor_kind, actor, action, object, detail, \
            network, created_at_ms, hash FROM audit_entries";
        while app.db.number("SELECT count(*) FROM audit_entries").await < 1_200 {
            app.db.execute(copy).await;
        }
        let entries = app.db.number("SELECT count(*) FROM audit_entries").await;
        let file = browser.get("/admin/audit.csv").await;
        assert_eq!(i64::try_from(file.html.lines().count()).unwrap(), 1 + entries);
        let first = browser.get("/admin/audit").await;
        let older = first.between("class=\"pagination\"", "</nav>").split_once("href=\"").unwrap().1;
        let older = older.split_once('"').unwrap().0.replace("&amp;", "&");
        assert_eq!(older, format!("/admin/audit?before={}", entries - 49));
        assert_eq!(browser.get(&older).await.status, 200);
    }
}

#[tokio::test]
async fn a_broken_log_is_said_to_be_broken_on_the_overview_and_on_demand() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    browser.get("/admin/audit?check=whole").await.assert_shows("The log is whole");
    app.db.execute("UPDATE audit_entries SET detail = '{\"role\":\"developer\"}' WHERE sequence = 1").await;
    for path in ["/admin", "/admin/audit?check=whole"] {
        browser.get(path).await.assert_shows("The audit log was changed outside of Tallyport.");
    }
}
