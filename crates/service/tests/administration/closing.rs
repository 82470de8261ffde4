//! Administrators who close their own accounts, beside others who take their place away.

use tallyport_domain::Role;
use tallyport_service::Member;
use tallyport_service::admin::AdminRefusal;
use tallyport_service::identity::CloseAccountRefusal;
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;

use crate::crowd::{CROWD, at_once, rounds};
use crate::ground::{COMMAND, Ground};

/// Whether it was done; panics at what is no answer to somebody who came too late.
fn is_done(closed: Result<(), CloseAccountRefusal>) -> bool {
    match closed {
        Ok(()) => true,
        // An account that is closed has no address to be typed.
        Err(CloseAccountRefusal::LastAdministrator | CloseAccountRefusal::NotTyped) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Which of the two can still act; nobody else can, and not both.
async fn the_one_left(test: &TestDb, two: [Member; 2]) -> Member {
    let acting = "FROM developers WHERE role = 'administrator' AND suspended_at_ms IS NULL AND closed_at_ms IS NULL";
    assert_eq!(test.number(&format!("SELECT count(*) {acting}")).await, 1);
    let [one, other] = two;
    let is_one = test.number(&format!("SELECT count(*) {acting} AND id = '{}'", one.developer_id)).await == 1;
    if is_one { one } else { other }
}

both_databases! {
    async fn of_two_administrators_who_close_their_accounts_at_once_one_stays(test: TestDb) {
        let ground = Ground::start(test, 1).await;
        let other = Ground::start(test, 2).await;
        let mut stays = ground.person("Stays", Role::Administrator).await;
        for round in 0..rounds() {
            let fresh = ground.person(&format!("Fresh{round}"), Role::Administrator).await;
            let outcomes = at_once(|number| {
                let process = if number % 2 == 0 { &ground } else { &other };
                let whose = if number % 4 < 2 { &stays } else { &fresh };
                let (services, whose) = (process.services.clone(), whose.clone());
                async move { is_done(services.close_account(&whose, &whose.email).await) }
            })
            .await;
            assert_eq!(outcomes.iter().filter(|done| **done).count(), 1, "round {round}");
            stays = the_one_left(test, [stays, fresh]).await;
        }
        println!("{} rounds of {CROWD} at once, one winner each", rounds());
    }

    async fn closing_removing_and_suspending_at_once_leave_one_administrator(test: TestDb) {
        let ground = Ground::start(test, 1).await;
        let other = Ground::start(test, 2).await;
        let mut stays = ground.person("Stays", Role::Administrator).await;
        for round in 0..rounds() {
            let fresh = ground.person(&format!("Fresh{round}"), Role::Administrator).await;
            at_once(|number| {
                let process = if number % 2 == 0 { &ground } else { &other };
                let whose = if number % 4 < 2 { &stays } else { &fresh };
                let (services, whose) = (process.services.clone(), whose.clone());
                async move {
                    let id = whose.developer_id;
                    let done = match number / 4 {
                        0 | 1 => return is_done(services.close_account(&whose, &whose.email).await),
                        2 => services.remove_administrator(&COMMAND, id).await,
                        _ => services.suspend_person(&COMMAND, id, "left the company").await,
                    };
                    match done {
                        Ok(()) => true,
                        Err(AdminRefusal::LastAdministrator | AdminRefusal::NotNow) => false,
                        Err(error) => panic!("{error}"),
                    }
                }
            })
            .await;
            stays = the_one_left(test, [stays, fresh]).await;
        }
    }
}
