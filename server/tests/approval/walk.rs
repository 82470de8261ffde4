//! From the draft to live rights and out of them again, without scripts.

use tallyport_domain::Role;
use tallyport_domain::approval::ApprovalStatus;

use crate::people::{PDF, application, fields, in_application, person, post, submit, upload, with};
use crate::support::{TestApp, on_both_databases};

const SAVE: &str = "/ui/save_submission";

on_both_databases! {
    async fn a_team_and_an_administrator_come_to_live_rights_and_out_of_them(app: TestApp) {
        let (ada, team) = person(app, "Ada", Role::Developer).await;
        let (_, grace) = person(app, "Grace", Role::Administrator).await;
        let id = application(app, &ada).await;
        let here = format!("/console/applications/{id}/permissions");
        let there = format!("/admin/approvals/{id}");
        team.get(&here).await.assert_shows("Not submitted");
        grace.get("/admin/approvals").await.assert_shows("Nothing waits");

        // Nothing is lost by a submission that is not complete.
        let page = submit(&team, SAVE, &with(fields("submit", id), "answers[country]", "Germany")).await;
        page.assert_shows("Country: enter two capital letters");
        page.assert_shows("Documents: add at least one.");
        page.assert_shows("value=\"Bookshop GmbH\"");
        let page = upload(&team, id, "licence.pdf", PDF).await;
        page.assert_shows("licence.pdf");
        page.assert_shows("10 / 10");
        let page = submit(&team, SAVE, &fields("submit", id)).await;
        page.assert_shows("Submitted. You are told by mail");
        page.assert_shows("Withdraw submission");

        let queue = grace.get("/admin/approvals").await;
        for text in ["Bookshop", "Bookshop GmbH", "Payments, Refunds", &there] {
            queue.assert_shows(text);
        }
        grace.get(&there).await.assert_shows("This is the first submission.");
        in_application(&grace, "/ui/start_review", id, &[]).await.assert_shows("Ask for changes");
        let asked = [("verdict", "changes"), ("remarks[website]", "It does not answer."), ("remarks[country]", " ")];
        in_application(&grace, "/ui/decide_approval", id, &asked).await.assert_shows("Done. The team is told by mail.");
        let page = team.get(&here).await;
        page.assert_shows("Changes requested");
        page.assert_shows("It does not answer.");

        let changed = with(fields("submit", id), "answers[website]", "https://books.example/shop");
        submit(&team, SAVE, &changed).await.assert_shows("Submitted. You are told by mail");
        let page = grace.get(&there).await;
        page.assert_shows("Compared with submission");
        assert_eq!(page.html.matches("<ins class=\"added\">").count(), 1, "{page:?}");
        in_application(&grace, "/ui/start_review", id, &[]).await;
        let both = [("verdict", "approve"), ("wanted[payments]", "on"), ("remarks[website]", "Hm.")];
        let page = in_application(&grace, "/ui/decide_approval", id, &both).await;
        page.assert_shows("You have written remarks.");
        page.assert_shows("Hm.");
        let approve = [("verdict", "approve"), ("wanted[payments]", "on")];
        in_application(&grace, "/ui/decide_approval", id, &approve).await.assert_shows("Done.");
        let page = team.get(&here).await;
        page.assert_shows("The application may call the live environment");
        page.assert_shows("Not approved");
        assert!(!page.html.contains("Grace"), "the team learns no names of administrators");

        let page = in_application(&grace, "/ui/suspend_application", id, &[("reason", "")]).await;
        page.assert_shows("Give a reason");
        in_application(&grace, "/ui/suspend_application", id, &[("reason", "Complaints.")]).await;
        for path in [&here, &format!("/console/applications/{id}"), &format!("/console/applications/{id}/payments")] {
            team.get(path).await.assert_shows("Live calls are suspended");
        }
        team.get(&here).await.assert_shows("Complaints.");
        in_application(&grace, "/ui/reinstate_application", id, &[("reason", "Cleared up.")]).await;
        assert!(!team.get(&here).await.html.contains("Live calls are suspended"));

        let page = in_application(&grace, "/ui/close_as_administrator", id, &[("reason", "Over."), ("confirm", "Book")]).await;
        page.assert_shows("That is not the application's name.");
        let close = [("reason", "Over."), ("confirm", "Bookshop")];
        in_application(&grace, "/ui/close_as_administrator", id, &close).await;
        team.get(&here).await.assert_shows("This application is closed.");
        let status = app.services.find_approval(&ada, id).await.unwrap().unwrap().status();
        assert_eq!(status, ApprovalStatus::Closed);
    }
}

#[tokio::test]
async fn a_submission_is_withdrawn_and_changed() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let id = application(&app, &ada).await;
    upload(&team, id, "licence.pdf", PDF).await;
    submit(&team, SAVE, &fields("submit", id)).await;
    let page = in_application(&team, "/ui/withdraw_submission", id, &[]).await;
    page.assert_shows("Withdrawn. You can change your answers");
    let document = page.between("href=\"/documents/", "\"").to_owned();
    let page = submit(&team, SAVE, &fields(&format!("remove:{document}"), id)).await;
    page.assert_shows("The draft is saved.");
    page.assert_shows("No documents.");
    in_application(&team, "/ui/withdraw_submission", id, &[]).await.assert_shows("That is no longer possible");
}

#[tokio::test]
async fn what_people_write_is_text_and_never_html() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let (_, grace) = person(&app, "Grace", Role::Administrator).await;
    let id = application(&app, &ada).await;
    let evil = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>";
    upload(&team, id, "\"><img src=x onerror=alert(1)>.pdf", PDF).await;
    let mut typed = fields("submit", id);
    for name in ["answers[purpose]", "answers[legal_name]", "answers[registration_number]", "answers[contact_name]"] {
        typed = with(typed, name, evil);
    }
    let mut pages = vec![submit(&team, SAVE, &typed).await];
    in_application(&grace, "/ui/start_review", id, &[]).await;
    let remarks = [("verdict", "changes"), ("remarks[purpose]", evil)];
    pages.push(in_application(&grace, "/ui/decide_approval", id, &remarks).await);
    pages.push(submit(&team, SAVE, &with(typed, "answers[legal_name]", "<b>Bold</b>")).await);
    in_application(&grace, "/ui/start_review", id, &[]).await;
    let reject = [("verdict", "reject"), ("reason", evil)];
    pages.push(in_application(&grace, "/ui/decide_approval", id, &reject).await);
    for path in ["/admin/approvals?state=all", &format!("/admin/approvals?state=all&q={}", "%3Cscript%3E")] {
        pages.push(grace.get(path).await);
    }
    pages.push(team.get(&format!("/console/applications/{id}/permissions")).await);
    for page in &pages {
        assert_eq!(page.status, 200, "{page:?}");
        for raw in ["<script>alert", "<img", "<b>Bold"] {
            assert!(!page.html.contains(raw), "{raw} in {page:?}");
        }
    }
    pages[1].assert_shows("&lt;script&gt;alert(1)&lt;/script&gt;");
}

#[tokio::test]
async fn pages_and_steps_of_administrators_are_for_nobody_else() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let id = application(&app, &ada).await;
    upload(&team, id, "licence.pdf", PDF).await;
    submit(&team, SAVE, &fields("submit", id)).await;
    for path in ["/admin/approvals".to_owned(), format!("/admin/approvals/{id}")] {
        assert_eq!(team.get(&path).await.status, 403, "{path}");
        let nobody = crate::browser::Browser::new(&app).get(&path).await;
        assert!(nobody.location.starts_with("/signin?"), "{nobody:?}");
    }
    let application = id.to_string();
    for path in [
        "/ui/start_review",
        "/ui/take_over_review",
        "/ui/decide_approval",
        "/ui/suspend_application",
        "/ui/reinstate_application",
        "/ui/close_as_administrator",
        "/ui/suspend_permission",
        "/ui/reinstate_permission",
    ] {
        let fields = [("application", application.as_str()), ("verdict", "approve"), ("wanted[payments]", "on")];
        assert_eq!(team.post(path, &fields).await.status, 403, "{path}");
        assert_eq!(team.post_from("cross-site", path, &fields).await.status, 403, "{path}");
    }
    assert_eq!(app.db.number("SELECT count(*) FROM approvals WHERE queue_status = 'submitted'").await, 1);
}

#[tokio::test]
async fn forms_of_strangers_and_of_other_sites_change_nothing() {
    let app = TestApp::sqlite().await;
    let (ada, team) = person(&app, "Ada", Role::Developer).await;
    let (_, eve) = person(&app, "Eve", Role::Developer).await;
    let id = application(&app, &ada).await;
    let foreign = format!("/console/applications/{id}/permissions");
    assert_eq!(eve.get(&foreign).await.status, 404);
    assert_eq!(post(&eve, SAVE, &fields("submit", id)).await.status, 404);
    let forged: Vec<_> = fields("submit", id);
    let forged: Vec<(&str, &str)> = forged.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(team.post_from("cross-site", SAVE, &forged).await.status, 403);
    assert_eq!(post(&team, SAVE, &with(fields("submit", id), "application", "app_1")).await.status, 404);
    assert_eq!(app.db.number("SELECT count(*) FROM submissions").await, 0);
}
