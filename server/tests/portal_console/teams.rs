//! Inviting somebody into a team, from the mail to the membership.

use crate::browser::{Browser, PASSWORD};
use crate::support::{TestApp, on_both_databases};

async fn mailed_link(app: &TestApp, email: &str) -> String {
    let mails = app.services.list_mails(100).await.unwrap();
    let mail = mails.into_iter().find(|mail| mail.recipient == email && mail.letter.text.contains("/invitation"));
    let text = mail.unwrap().letter.text;
    let (_, rest) = text.split_once("/invitation?").unwrap();
    format!("/invitation?{}", rest.split_whitespace().next().unwrap())
}

on_both_databases! {
    async fn an_invitation_is_accepted_once_by_whom_it_is_for(app: TestApp) {
        let ada = app.sign_up("ada@example.com", PASSWORD).await;
        let team = app.services.list_teams(&ada).await.unwrap()[0].team.id.to_string();
        let browser = Browser::new(app);
        browser.sign_in("ada@example.com").await;
        let fields = [("team", team.as_str()), ("email", "bo@example.com"), ("role", "developer")];
        let page = browser.submit("/ui/invite_member", &fields).await;
        page.assert_shows("The invitation was sent");
        page.assert_shows("bo@example.com");
        let link = mailed_link(app, "bo@example.com").await;
        let token = link.split_once("token=").unwrap().1.to_owned();
        assert!(!page.html.contains(&token));

        // Whoever is not signed in is led there and back; looking uses nothing up.
        let stranger = Browser::new(app);
        let page = stranger.get(&link).await;
        assert_eq!(page.header("cache-control"), "no-store");
        page.assert_shows("href=\"/signin?return_to=%2Finvitation%3Ftoken%3D");
        page.assert_shows("href=\"/signup?return_to=%2Finvitation%3Ftoken%3D");
        let answer = stranger.post("/ui/accept_invitation", &[("token", &token)]).await;
        assert!(answer.location.starts_with("/signin?return_to=%2Finvitation"), "{answer:?}");

        let eve = Browser::of_member(app, "eve@example.com").await;
        eve.get(&link).await.assert_shows("This invitation is for somebody else");
        eve.submit("/ui/accept_invitation", &[("token", &token)]).await.assert_shows("another address");
        assert_eq!(eve.get(&format!("/console/teams/{team}")).await.status, 404);

        let bo = Browser::of_member(app, "bo@example.com").await;
        bo.get(&link).await.assert_shows("Accept invitation");
        bo.get("/console/teams").await.assert_shows("Invitations for you");
        let joined = bo.submit("/ui/accept_invitation", &[("token", &token)]).await;
        joined.assert_shows("Welcome to the team");
        bo.submit("/ui/accept_invitation", &[("token", &token)]).await.assert_shows("no longer open");
        bo.get(&link).await.assert_shows("This invitation does not work");
        let told = app.services.list_mails(10).await.unwrap();
        assert!(told.iter().any(|mail| mail.recipient == "ada@example.com" && mail.letter.subject.contains("joined")));
    }

    async fn the_last_owner_is_told_why_they_stay(app: TestApp) {
        let browser = Browser::of_member(app, "ada@example.com").await;
        let list = browser.get("/console/teams").await;
        let team = format!("team_{}", list.between("href=\"/console/teams/team_", "\""));
        let page = browser.submit("/ui/leave_team", &[("team", &team)]).await;
        page.assert_shows("A team keeps at least one owner.");
        let second = browser.submit("/ui/make_team", &[("name", "Second")]).await;
        second.assert_shows("Second");
        // Now the form for an application asks for the team.
        browser.get("/console/applications/new").await.assert_shows("<option value=\"team_");
    }
}
