use tallyport_domain::team::RosterRefusal;
use tallyport_domain::{Role, TeamRole};
use tallyport_service::Member;
use tallyport_service::teams::{AccessRefusal, ChangeMembersRefusal, NameTeamRefusal};
use tallyport_storage::both_databases;
use tallyport_storage::teams;

use crate::crowd::at_once;
use crate::ground::{BEGINNING_MS, Ground};

/// Puts somebody into the first team of somebody else.
pub(crate) async fn join(ground: &Ground, owner: &Member, other: &Member, role: TeamRole) {
    let team = ground.services.list_teams(owner).await.unwrap().remove(0).team.id;
    let mut tx = ground.services.db().begin_write().await.unwrap();
    teams::add_member(&mut tx, team, other.developer_id, role, BEGINNING_MS).await.unwrap();
    tx.commit().await.unwrap();
}

both_databases! {
    async fn of_two_owners_who_remove_each_other_one_stays(test: TestDb) {
        let ground = Ground::on(test).await;
        for round in 0..5 {
            let ada = ground.person(&format!("Ada{round}"), Role::Developer).await;
            let bo = ground.person(&format!("Bo{round}"), Role::Developer).await;
            join(&ground, &ada, &bo, TeamRole::Owner).await;
            let team = ground.services.list_teams(&ada).await.unwrap().remove(0).team.id;
            let outcomes = at_once(|number| {
                let services = ground.services.clone();
                let (actor, other) = if number % 2 == 0 { (ada.clone(), bo.clone()) } else { (bo.clone(), ada.clone()) };
                async move {
                    match number % 3 {
                        0 => services.leave_team(&actor, team).await.is_ok(),
                        1 => services.remove_member(&actor, team, other.developer_id).await.is_ok(),
                        _ => {
                            let viewer = TeamRole::Viewer;
                            services.change_member_role(&actor, team, other.developer_id, viewer).await.is_ok()
                        }
                    }
                }
            })
            .await;
            assert!(outcomes.contains(&true));
            let count = "SELECT count(*) FROM team_members WHERE role = 'owner' AND team_id = ";
            let owners = test.number(&format!("{count}'{team}'")).await;
            assert_eq!(owners, 1, "round {round}");
        }
    }

    async fn the_last_owner_neither_leaves_nor_steps_down(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let team = ground.services.list_teams(&ada).await.unwrap().remove(0).team.id;
        let left = ground.services.leave_team(&ada, team).await;
        assert!(matches!(left, Err(ChangeMembersRefusal::Roster(RosterRefusal::LastOwner))), "{left:?}");
        let changed = ground.services.change_member_role(&ada, team, ada.developer_id, TeamRole::Viewer).await;
        assert!(matches!(changed, Err(ChangeMembersRefusal::Roster(RosterRefusal::LastOwner))), "{changed:?}");
    }

    async fn only_owners_decide_about_members_and_strangers_see_nothing(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let dev = ground.person("Dev", Role::Developer).await;
        let eve = ground.person("Eve", Role::Developer).await;
        join(&ground, &ada, &dev, TeamRole::Developer).await;
        let services = &ground.services;
        let team = services.list_teams(&ada).await.unwrap().remove(0).team.id;
        for (actor, is_known) in [(&dev, true), (&eve, false)] {
            let expected = |refusal: &AccessRefusal| match refusal {
                AccessRefusal::Role => is_known,
                AccessRefusal::Unknown => !is_known,
                _ => false,
            };
            let removed = services.remove_member(actor, team, ada.developer_id).await;
            assert!(matches!(&removed, Err(ChangeMembersRefusal::Access(refusal)) if expected(refusal)), "{removed:?}");
            let renamed = services.rename_team(actor, team, "Mine").await;
            assert!(matches!(&renamed, Err(NameTeamRefusal::Access(refusal)) if expected(refusal)), "{renamed:?}");
        }
        assert!(services.find_team(&eve, team).await.unwrap().is_none());
        assert!(services.list_team_members(&eve, team).await.unwrap().is_empty());
        assert!(services.list_invitations(&dev, team).await.unwrap().is_empty());
        let stranger = services.remove_member(&ada, team, eve.developer_id).await;
        assert!(matches!(stranger, Err(ChangeMembersRefusal::Roster(RosterRefusal::NotAMember))), "{stranger:?}");
    }

    async fn whoever_is_changed_or_removed_is_told_by_mail(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let dev = ground.person("Dev", Role::Developer).await;
        join(&ground, &ada, &dev, TeamRole::Developer).await;
        let services = &ground.services;
        let team = services.list_teams(&ada).await.unwrap().remove(0).team.id;
        services.change_member_role(&ada, team, dev.developer_id, TeamRole::Viewer).await.unwrap();
        services.change_member_role(&ada, team, dev.developer_id, TeamRole::Viewer).await.unwrap();
        services.remove_member(&ada, team, dev.developer_id).await.unwrap();
        let mails = services.list_mails(10).await.unwrap();
        let subjects: Vec<&str> = mails.iter().map(|mail| mail.letter.subject.as_str()).collect();
        assert_eq!(mails.len(), 2, "{subjects:?}");
        assert!(mails.iter().all(|mail| mail.recipient == dev.email));
    }
}
