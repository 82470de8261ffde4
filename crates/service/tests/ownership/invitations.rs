use tallyport_domain::ids::TeamId;
use tallyport_domain::{Role, TeamRole};
use tallyport_service::Member;
use tallyport_service::teams::{
    AcceptRefusal, INVITATION_LIFETIME_MS, InvitationChangeRefusal, InviteRefusal, RESEND_AFTER_MS,
};
use tallyport_storage::both_databases;

use crate::crowd::{at_once, rounds};
use crate::ground::Ground;

async fn first_team(ground: &Ground, member: &Member) -> TeamId {
    ground.services.list_teams(member).await.unwrap().remove(0).team.id
}

/// The token in the newest mail to an address.
async fn mailed_token(ground: &Ground, email: &str) -> String {
    let mails = ground.services.list_mails(100).await.unwrap();
    let mail = mails.into_iter().find(|mail| mail.recipient == email).unwrap();
    let (_, rest) = mail.letter.text.split_once("/invitation?token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

both_databases! {
    async fn of_sixteen_who_accept_one_invitation_at_once_one_wins(test: TestDb) {
        let ground = Ground::on(test).await;
        let other_process = Ground::start(test, 2).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let bo = ground.person("Bo", Role::Developer).await;
        let team = ground.services.make_team(&ada, "Team").await.unwrap();
        for round in 0..rounds() {
            ground.services.invite(&ada, team, "BO@example.com", TeamRole::Viewer).await.unwrap();
            let token = mailed_token(&ground, "BO@example.com").await;
            let outcomes = at_once(|number| {
                let process = if number % 2 == 0 { &ground } else { &other_process };
                let (services, bo, token) = (process.services.clone(), bo.clone(), token.clone());
                async move {
                    match services.accept_invitation(&bo, &token).await {
                        Ok(_) => true,
                        Err(AcceptRefusal::Gone) => false,
                        Err(error) => panic!("{error}"),
                    }
                }
            })
            .await;
            assert_eq!(outcomes.iter().filter(|won| **won).count(), 1, "round {round}");
            ground.services.leave_team(&bo, team).await.unwrap();
            // The mail of the next round has to be the newest.
            ground.clock.advance(1_000);
            other_process.clock.advance(1_000);
        }
        let joined = test.number("SELECT count(*) FROM audit_entries WHERE action = 'team.joined'").await;
        assert_eq!(joined, i64::try_from(rounds()).unwrap());
    }

    async fn only_the_invited_address_may_accept(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let eve = ground.person("Eve", Role::Developer).await;
        let team = first_team(&ground, &ada).await;
        ground.services.invite(&ada, team, "bo@example.com", TeamRole::Owner).await.unwrap();
        let token = mailed_token(&ground, "bo@example.com").await;
        let accepted = ground.services.accept_invitation(&eve, &token).await;
        assert!(matches!(accepted, Err(AcceptRefusal::OtherAddress)), "{accepted:?}");
        let invitation = ground.services.list_invitations(&ada, team).await.unwrap().remove(0).invitation;
        let accepted = ground.services.accept_own_invitation(&eve, invitation.id).await;
        assert!(matches!(accepted, Err(AcceptRefusal::Gone)), "{accepted:?}");
        assert!(ground.services.list_own_invitations(&eve).await.unwrap().is_empty());
        // Whoever signs up with the address later finds it.
        let bo = ground.person("Bo", Role::Developer).await;
        let own = ground.services.list_own_invitations(&bo).await.unwrap();
        assert_eq!(own.len(), 1);
        ground.services.accept_own_invitation(&bo, own[0].invitation.id).await.unwrap();
        assert_eq!(ground.services.find_team(&bo, team).await.unwrap().unwrap().role, TeamRole::Owner);
    }

    async fn a_used_withdrawn_replaced_or_old_invitation_does_not_work(test: TestDb) {
        let ground = Ground::on(test).await;
        let (ada, bo) = (ground.person("Ada", Role::Developer).await, ground.person("Bo", Role::Developer).await);
        let team = first_team(&ground, &ada).await;
        let services = &ground.services;
        let is_dead = async |token: &str| {
            let accepted = services.accept_invitation(&bo, token).await;
            assert!(matches!(accepted, Err(AcceptRefusal::Gone)), "{accepted:?}");
            assert!(services.find_invitation(token).await.unwrap().is_none());
        };
        is_dead("").await;
        is_dead("nonsense").await;

        services.invite(&ada, team, &bo.email, TeamRole::Viewer).await.unwrap();
        let replaced = mailed_token(&ground, &bo.email).await;
        ground.clock.advance(1_000);
        services.invite(&ada, team, &bo.email, TeamRole::Developer).await.unwrap();
        is_dead(&replaced).await;

        let invitation = services.list_invitations(&ada, team).await.unwrap().remove(0).invitation.id;
        let too_soon = services.resend_invitation(&ada, invitation).await;
        assert!(matches!(too_soon, Err(InvitationChangeRefusal::TooSoon)), "{too_soon:?}");
        let before = mailed_token(&ground, &bo.email).await;
        ground.clock.advance(RESEND_AFTER_MS);
        services.resend_invitation(&ada, invitation).await.unwrap();
        is_dead(&before).await;

        let old = mailed_token(&ground, &bo.email).await;
        ground.clock.advance(INVITATION_LIFETIME_MS - 1);
        assert!(services.find_invitation(&old).await.unwrap().is_some());
        ground.clock.advance(1);
        is_dead(&old).await;

        services.resend_invitation(&ada, invitation).await.unwrap();
        let withdrawn = mailed_token(&ground, &bo.email).await;
        services.withdraw_invitation(&ada, invitation).await.unwrap();
        is_dead(&withdrawn).await;
        let again = services.withdraw_invitation(&ada, invitation).await;
        assert!(matches!(again, Err(InvitationChangeRefusal::Access(_))), "{again:?}");
        assert_eq!(services.list_teams(&bo).await.unwrap().len(), 1);
    }

    async fn a_member_is_not_invited_again_and_nobody_invites_but_owners(test: TestDb) {
        let ground = Ground::on(test).await;
        let (ada, bo) = (ground.person("Ada", Role::Developer).await, ground.person("Bo", Role::Developer).await);
        let team = first_team(&ground, &ada).await;
        let own = ground.services.invite(&ada, team, "ADA@example.com", TeamRole::Viewer).await;
        assert!(matches!(own, Err(InviteRefusal::MemberAlready)), "{own:?}");
        let wrong = ground.services.invite(&ada, team, "nobody", TeamRole::Viewer).await;
        assert!(matches!(wrong, Err(InviteRefusal::Email)), "{wrong:?}");
        let stranger = ground.services.invite(&bo, team, "eve@example.com", TeamRole::Viewer).await;
        assert!(matches!(stranger, Err(InviteRefusal::Access(_))), "{stranger:?}");
        assert!(ground.services.list_mails(1).await.unwrap().is_empty());
    }

    async fn an_address_that_was_not_verified_joins_only_by_the_mail(test: TestDb) {
        let ground = Ground::on(test).await;
        let (ada, bo) = (ground.person("Ada", Role::Developer).await, ground.person("Bo", Role::Developer).await);
        test.execute("UPDATE developers SET email_verified_at_ms = NULL WHERE email_key = 'bo@example.com'").await;
        let team = first_team(&ground, &ada).await;
        ground.services.invite(&ada, team, &bo.email, TeamRole::Viewer).await.unwrap();
        let own = ground.services.list_own_invitations(&bo).await.unwrap().remove(0);
        let by_address = ground.services.accept_own_invitation(&bo, own.invitation.id).await;
        assert!(matches!(by_address, Err(AcceptRefusal::Unverified)), "{by_address:?}");
        ground.services.accept_invitation(&bo, &mailed_token(&ground, &bo.email).await).await.unwrap();
    }
}
