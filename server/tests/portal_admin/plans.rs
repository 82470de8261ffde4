//! Plans, made and given to applications on pages.

use crate::administrator;
use crate::support::{TestApp, on_both_databases};

const SMALL: [(&str, &str); 5] = [
    ("name", "<b>Small</b>"),
    ("reads_per_second", "2"),
    ("reads_burst", "3"),
    ("writes_per_second", "1"),
    ("writes_burst", "1"),
];

on_both_databases! {
    async fn an_application_goes_by_the_plan_that_it_is_given(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        browser.get("/admin/plans").await.assert_shows("No plans");
        let made = browser.post("/ui/make_plan", &SMALL).await.location;
        browser.get(&made).await.assert_shows("&lt;b&gt;Small&lt;/b&gt;");
        let id = made.strip_prefix("/admin/plans/").unwrap().to_owned();

        let application = partner.application_id.to_string();
        browser.submit("/ui/give_plan", &[("application", &application), ("plan", &id)]).await.assert_shows("Saved");
        let told = app.send(app.get("/v1/application").bearer(&partner.token)).await.json();
        assert_eq!((&told["plan"], &told["reads_per_second"]), (&"<b>Small</b>".into(), &2.into()));
        browser.get("/admin/plans").await.assert_shows("2 per second, 3 at once");

        let deletion = [("plan", id.as_str()), ("name", SMALL[0].1)];
        browser.submit("/ui/delete_plan", &deletion).await.assert_shows("Applications have this plan.");
        browser.submit("/ui/give_plan", &[("application", &application), ("plan", "")]).await.assert_shows("Saved");
        let unsure = browser.submit("/ui/delete_plan", &[("plan", &id), ("name", "Small")]).await;
        unsure.assert_shows("This is not the name of the plan.");
        browser.submit("/ui/delete_plan", &deletion).await.assert_shows("No plans");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_said_beside_its_field() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    let mut wrong = SMALL;
    (wrong[0].1, wrong[1].1, wrong[4].1) = ("", "0", "61");
    let page = browser.submit("/ui/make_plan", &wrong).await;
    page.assert_shows("Enter a name of 1 to 80 characters.");
    page.assert_shows("Enter a whole number from 1 to 100000.");
    page.assert_shows("at least the calls of one second, at most those of 60.");
    assert_eq!(app.db.number("SELECT count(*) FROM plans").await, 0);
    browser.submit("/ui/make_plan", &SMALL).await;
    browser.submit("/ui/make_plan", &SMALL).await.assert_shows("Another plan has this name.");
    for (form, fields) in [("/ui/change_plan", [("plan", "pln_1")]), ("/ui/delete_plan", [("plan", "pln_1")])] {
        assert_eq!(browser.post(form, &fields).await.status, 404, "{form}");
    }
}
