//! Finding people and deciding about them.

use tallyport_domain::approval::{Answers, Field};

use crate::administrator;
use crate::support::{Partner, TestApp, on_both_databases};

/// A complete submission of the partner's application.
async fn submit_for_approval(app: &TestApp, partner: &Partner) {
    let (services, owner, id) = (&app.services, &partner.member, partner.application_id);
    services.add_document(owner, id, "licence.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n").await.unwrap();
    let mut answers = Answers::default();
    for (field, text) in [
        (Field::Purpose, "Sells printed books to readers in Europe."),
        (Field::Permissions, "payments"),
        (Field::LegalName, "Bookshop GmbH"),
        (Field::RegistrationNumber, "HRB 1234"),
        (Field::Country, "DE"),
        (Field::Website, "https://books.example"),
        (Field::ContactName, "Ada"),
        (Field::ContactEmail, "ada@books.example"),
        (Field::MonthlyVolume, "10k_to_100k"),
    ] {
        answers.set(field, text);
    }
    services.submit_for_approval(owner, id, &answers).await.unwrap();
}

on_both_databases! {
    async fn what_waits_for_approval_is_counted_and_an_application_leads_to_its_review(app: TestApp) {
        let browser = administrator(app).await;
        browser.get("/admin").await.assert_shows("href=\"/admin/approvals\" class=\"stat-name\">Approvals waiting</a>");
        let waiting = async || {
            let page = browser.get("/admin").await;
            let tile = page.between("Approvals waiting</a>", "</div>");
            tile.split_once("stat-value\">").unwrap().1.split_once('<').unwrap().0.to_owned()
        };
        assert_eq!(waiting().await, "0");
        let partner = app.partner("Shop").await;
        let page = browser.get(&format!("/admin/applications/{}", partner.application_id)).await;
        page.assert_shows(&format!("href=\"/admin/approvals/{}\"", partner.application_id));
        page.assert_shows("Not submitted");
        submit_for_approval(app, &partner).await;
        assert_eq!(waiting().await, "1");
        browser.get(&format!("/admin/applications/{}", partner.application_id)).await.assert_shows("Submitted");
    }

    async fn somebody_is_found_suspended_and_let_in_again(app: TestApp) {
        let browser = administrator(app).await;
        let bob = app.developer("Bob & <b>Söhne</b>").await;
        let list = browser.get("/admin/developers?q=bob").await;
        list.assert_shows("Bob &amp; &lt;b&gt;Söhne&lt;/b&gt;");
        list.assert_shows("1–1 of 1");
        let path = format!("/admin/developers/{}", bob.developer_id);
        list.assert_shows(&format!("href=\"{path}\""));
        let id = bob.developer_id.to_string();

        let page = browser.submit("/ui/suspend_person", &[("developer", &id), ("reason", " ")]).await;
        page.assert_shows("Give a reason of 1 to 500 characters.");
        let page = browser.submit("/ui/suspend_person", &[("developer", &id), ("reason", "Card tests <i>")]).await;
        page.assert_shows("Done.");
        page.assert_shows("Suspended since");
        page.assert_shows("Card tests &lt;i&gt;");
        let page = browser.submit("/ui/suspend_person", &[("developer", &id), ("reason", "again")]).await;
        page.assert_shows("Nothing was changed: it is so already");
        let page = browser.submit("/ui/unsuspend_person", &[("developer", &id), ("reason", "cleared")]).await;
        page.assert_shows("Done.");
        assert!(!page.html.contains("Suspended since"));
    }

    async fn a_role_changes_only_where_the_address_was_typed(app: TestApp) {
        let browser = administrator(app).await;
        let bob = app.developer("Bob").await;
        let id = bob.developer_id.to_string();
        let page =
            browser.submit("/ui/make_administrator", &[("developer", &id), ("confirm", "root@example.com")]).await;
        page.assert_shows("This is not the address of this account.");
        let fields = [("developer", &*id), ("confirm", &*bob.email)];
        browser.submit("/ui/make_administrator", &fields).await.assert_shows("Done.");
        browser.submit("/ui/make_administrator", &fields).await.assert_shows("Nothing was changed");
        browser.submit("/ui/remove_administrator", &fields).await.assert_shows("Done.");
    }
}

#[tokio::test]
async fn the_last_administrator_stays_and_hears_why() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    let page = browser.get("/admin/developers?role=administrator").await;
    let id = page.between("/admin/developers/dev_", "\"").to_owned();
    let fields = [("developer", format!("dev_{id}")), ("confirm", crate::ROOT.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.submit("/ui/remove_administrator", &fields).await.assert_shows("This is the last administrator.");
    browser.get("/admin").await.assert_shows("Audit log");
}

on_both_databases! {
    async fn what_the_address_asks_for_is_never_html_and_never_a_fault(app: TestApp) {
    let browser = administrator(app).await;
    for query in [
        "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "q=%00%27%3B--&role=nonsense&state=x&order=y&page=-1",
        "page=99999999999999999999",
        "page=10000",
    ] {
        for list in ["developers", "applications"] {
            let page = browser.get(&format!("/admin/{list}?{query}")).await;
            assert_eq!(page.status, 200, "{list}?{query}");
            assert!(!page.html.contains("<script>alert"), "{list}?{query}");
        }
    }
    for path in
        ["/admin/developers/nonsense", "/admin/developers/dev_00000000000000000000000000", "/admin/applications/x"]
    {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}
}
