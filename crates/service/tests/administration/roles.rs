//! Who administers, and that somebody is always left who does.

use tallyport_domain::Role;
use tallyport_service::admin::{AdminRefusal, Administrator, Authority};
use tallyport_storage::both_databases;

use crate::crowd::{CROWD, at_once, rounds};
use crate::ground::{COMMAND, Ground};

both_databases! {
    async fn of_two_administrators_who_are_removed_at_once_one_stays(test: TestDb) {
        let ground = Ground::start(test, 1).await;
        let other = Ground::start(test, 2).await;
        let ada = ground.administrator("Ada").await;
        let bob = ground.administrator("Bob").await;
        for round in 0..rounds() {
            let outcomes = at_once(|number| {
                let services = if number % 2 == 0 { &ground } else { &other }.services.clone();
                // Each takes the other's place away, and the machine's commands take both.
                let (by, whom) = match number % 4 {
                    0 => (Authority::Person(ada.clone()), &bob),
                    1 => (Authority::Person(bob.clone()), &ada),
                    2 => (COMMAND, &ada),
                    _ => (COMMAND, &bob),
                };
                let whom = whom.member().developer_id;
                async move {
                    match services.remove_administrator(&by, whom).await {
                        Ok(()) => true,
                        Err(AdminRefusal::LastAdministrator | AdminRefusal::NotNow | AdminRefusal::NotAdministrator) => {
                            false
                        }
                        Err(error) => panic!("{error}"),
                    }
                }
            })
            .await;
            let winners = outcomes.iter().filter(|won| **won).count();
            assert_eq!(winners, 1, "round {round}");
            let left = ground.services.list_administrators(&COMMAND).await.unwrap();
            assert_eq!(left.len(), 1, "round {round}");
            let gone = if left[0].id == ada.member().developer_id { &bob } else { &ada };
            ground.services.make_administrator(&COMMAND, gone.member().developer_id).await.unwrap();
        }
        println!("{} rounds of {CROWD} at once, one winner each", rounds());
    }

    async fn the_last_administrator_can_neither_be_removed_nor_suspended(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let id = ada.member().developer_id;
        let refusal = ground.services.remove_administrator(&COMMAND, id).await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::LastAdministrator), "{refusal}");
        let refusal = ground.services.suspend_person(&COMMAND, id, "a reason").await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::LastAdministrator), "{refusal}");
        // A suspended administrator cannot take the place of the last one.
        let bob = ground.administrator("Bob").await;
        ground.services.suspend_person(&COMMAND, bob.member().developer_id, "left the company").await.unwrap();
        let refusal = ground.services.remove_administrator(&Authority::Person(ada), id).await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::LastAdministrator), "{refusal}");
    }

    async fn whoever_is_no_administrator_any_more_decides_nothing(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let eve = ground.administrator("Eve").await;
        let victim = ground.person("Victim", Role::Developer).await.developer_id;
        ground.services.remove_administrator(&ada.into(), eve.member().developer_id).await.unwrap();
        // The value was made when Eve still was one.
        let stale = Authority::Person(eve.clone());
        for refusal in [
            ground.services.suspend_person(&stale, victim, "spite").await.unwrap_err(),
            ground.services.unsuspend_person(&stale, victim, "spite").await.unwrap_err(),
            ground.services.make_administrator(&stale, eve.member().developer_id).await.unwrap_err(),
            ground.services.remove_administrator(&stale, victim).await.unwrap_err(),
            ground.services.resend_verification_as(&stale, victim).await.unwrap_err(),
            ground.services.end_sessions_of_person(&stale, victim).await.map(|_| ()).unwrap_err(),
        ] {
            assert!(matches!(refusal, AdminRefusal::NotAdministrator), "{refusal}");
        }
        // Nor does a developer become one by being called one.
        let developer = ground.person("Dev", Role::Developer).await;
        assert!(Administrator::of(developer).is_err());
    }

    async fn a_change_of_role_is_told_and_written_down(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let bob = ground.person("Bob", Role::Developer).await.developer_id;
        ground.services.make_administrator(&ada.clone().into(), bob).await.unwrap();
        let refusal = ground.services.make_administrator(&ada.clone().into(), bob).await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::NotNow), "{refusal}");
        let mails = ground.services.list_mails(10).await.unwrap();
        assert_eq!((mails.len(), mails[0].recipient.as_str()), (1, "bob@example.com"));
        assert_eq!(mails[0].letter.subject, "You are now an administrator");
        assert_eq!(test.number("SELECT count(*) FROM audit_entries WHERE action = 'administrator.made'").await, 1);
    }
}
