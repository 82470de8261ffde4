//! Plans: who may call how often.

use tallyport_domain::Role;
use tallyport_domain::ids::PlanId;
use tallyport_domain::plan::{PlanFault, PlanText};
use tallyport_service::admin::AdminRefusal;
use tallyport_service::plans::{PLANS_MAX, PlanRefusal};
use tallyport_storage::both_databases;

use crate::ground::{COMMAND, Ground};

fn named(name: &str) -> PlanText<'_> {
    PlanText { name, reads_per_second: "5", reads_burst: "10", writes_per_second: "1", writes_burst: "2" }
}

both_databases! {
    async fn a_name_is_given_once_and_a_plan_in_use_stays(test: TestDb) {
        let ground = Ground::on(test).await;
        let services = &ground.services;
        let ada = ground.person("Ada", Role::Developer).await;
        let shop = services.make_application(&ada, "Shop").await.unwrap().application.id;
        let small = services.make_plan(&COMMAND, named("Small")).await.unwrap();
        let large = services.make_plan(&COMMAND, named("Large")).await.unwrap();
        let taken = services.make_plan(&COMMAND, named(" Small ")).await.unwrap_err();
        assert!(matches!(taken, PlanRefusal::NameTaken), "{taken}");
        let taken = services.change_plan(&COMMAND, large, named("Small")).await.unwrap_err();
        assert!(matches!(taken, PlanRefusal::NameTaken), "{taken}");
        let faults = services.make_plan(&COMMAND, named("")).await.unwrap_err();
        assert!(matches!(&faults, PlanRefusal::Faults(faults) if faults[..] == [PlanFault::Name]), "{faults}");

        services.give_plan(&COMMAND, shop, Some(small)).await.unwrap();
        let used = services.delete_plan(&COMMAND, small, "Small").await.unwrap_err();
        assert!(matches!(used, PlanRefusal::InUse), "{used}");
        services.give_plan(&COMMAND, shop, None).await.unwrap();
        for typed in ["", "small", "Large"] {
            let unsure = services.delete_plan(&COMMAND, small, typed).await.unwrap_err();
            assert!(matches!(unsure, PlanRefusal::OtherName), "{typed}: {unsure}");
        }
        services.delete_plan(&COMMAND, small, " Small ").await.unwrap();
        for refusal in [
            services.delete_plan(&COMMAND, small, "Small").await.unwrap_err(),
            services.change_plan(&COMMAND, small, named("Other")).await.unwrap_err(),
            services.give_plan(&COMMAND, shop, Some(small)).await.unwrap_err(),
        ] {
            assert!(matches!(refusal, PlanRefusal::Admin(AdminRefusal::Unknown)), "{refusal}");
        }
        // What changes nothing leaves no entry.
        services.change_plan(&COMMAND, large, named("Large")).await.unwrap();
        let entries = "SELECT count(*) FROM audit_entries WHERE action LIKE 'plan.%' OR action LIKE '%.plan_given'";
        assert_eq!(test.number(entries).await, 5);
    }

    async fn there_are_not_more_than_every_process_keeps(test: TestDb) {
        let ground = Ground::on(test).await;
        for number in 0..PLANS_MAX {
            ground.services.make_plan(&COMMAND, named(&format!("Plan {number}"))).await.unwrap();
        }
        let refusal = ground.services.make_plan(&COMMAND, named("One too many")).await.unwrap_err();
        assert!(matches!(refusal, PlanRefusal::TooMany), "{refusal}");
    }

    async fn a_plan_that_is_given_and_deleted_at_once_is_either(test: TestDb) {
        let ground = Ground::on(test).await;
        let services = &ground.services;
        let ada = ground.person("Ada", Role::Developer).await;
        let shop = services.make_application(&ada, "Shop").await.unwrap().application.id;
        for round in 0..10 {
            let name = format!("Plan {round}");
            let plan: PlanId = services.make_plan(&COMMAND, named(&name)).await.unwrap();
            let (given, deleted) = tokio::join!(
                services.give_plan(&COMMAND, shop, Some(plan)),
                services.delete_plan(&COMMAND, plan, &name)
            );
            assert_ne!(given.is_ok(), deleted.is_ok(), "{given:?} {deleted:?}");
            services.give_plan(&COMMAND, shop, None).await.unwrap();
        }
    }
}
