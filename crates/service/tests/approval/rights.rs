//! Live rights: given, stopped, given back, ended; and what that means for tokens.

use std::time::{Duration, Instant};

use tallyport_domain::Environment;
use tallyport_domain::approval::{ApprovalStatus, Permission, Standing};
use tallyport_domain::{Role, TeamRole};
use tallyport_service::CallFrom;
use tallyport_service::admin::Administrator;
use tallyport_service::applications::CloseRefusal;
use tallyport_service::approval::ApprovalRefusal;
use tallyport_service::audit::Actor;
use tallyport_service::teams::AccessRefusal;
use tallyport_storage::both_databases;

use crate::shop::{Shop, set};

both_databases! {
    async fn a_stop_takes_effect_and_its_end_gives_everything_back(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.approved("payments refunds").await;
        let open = shop.standing().await;
        shop.services.suspend_application(&shop.grace, shop.id, "Complaints.").await.unwrap();
        assert_eq!(shop.standing().await, Standing::Suspended);
        let again = shop.services.suspend_application(&shop.grace, shop.id, "Twice.").await;
        assert!(matches!(again, Err(ApprovalRefusal::Refused(_))), "{again:?}");
        shop.services.reinstate_application(&shop.grace, shop.id, "Cleared up.").await.unwrap();
        assert_eq!(shop.standing().await, open);
    }

    async fn stopping_is_for_every_administrator_but_letting_go_on_for_independent_ones(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.approved("payments").await;
        let insider = shop.colleague("Ivan", TeamRole::Owner, Role::Administrator).await;
        let insider = Administrator::of(insider).unwrap();
        shop.services.suspend_application(&insider, shop.id, "Leak.").await.unwrap();
        let own = shop.services.reinstate_application(&insider, shop.id, "Fine.").await;
        assert!(matches!(own, Err(ApprovalRefusal::Refused(_))), "{own:?}");
        assert_eq!(shop.standing().await, Standing::Suspended);
    }

    async fn one_permission_is_stopped_by_itself(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.approved("payments refunds").await;
        shop.services.suspend_permission(&shop.grace, shop.id, Permission::Payments).await.unwrap();
        let standing = shop.standing().await;
        assert!(standing.is_open());
        assert_eq!(standing.scopes().intersection(Permission::Payments.scopes()).to_string(), "");
        shop.services.reinstate_permission(&shop.grace, shop.id, Permission::Payments).await.unwrap();
        assert_eq!(shop.standing().await.scopes(), set("payments refunds").scopes());
    }

    async fn closing_is_for_owners_and_final(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.approved("payments").await;
        let developer = shop.colleague("Dora", TeamRole::Developer, Role::Developer).await;
        let refusal = shop.services.close_application(&developer, shop.id, "Bookshop").await;
        assert!(matches!(refusal, Err(CloseRefusal::Access(AccessRefusal::Role))), "{refusal:?}");
        shop.services.close_application(&shop.owner, shop.id, "Bookshop").await.unwrap();
        assert_eq!((shop.status().await, shop.standing().await), (ApprovalStatus::Closed, Standing::Closed));
        let actor = Actor::command("test");
        let refusals = [
            shop.services.reinstate_application(&shop.grace, shop.id, "Please.").await,
            shop.services.approve_as_operator(&actor, shop.id, &set("payments")).await,
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Err(ApprovalRefusal::Refused(_))), "{refusal:?}");
        }
        let submitted = shop.services.submit_for_approval(&shop.owner, shop.id, &crate::shop::answers("refunds")).await;
        assert!(matches!(submitted, Err(ApprovalRefusal::Role)), "{submitted:?}");
        assert_eq!(test.number("SELECT count(*) FROM approval_permissions").await, 0);
    }

    async fn the_operator_approves_and_stops_without_a_submission(test: TestDb) {
        let shop = Shop::on(test).await;
        let actor = Actor::command("app approve");
        shop.services.approve_as_operator(&actor, shop.id, &set("payments")).await.unwrap();
        assert!(shop.standing().await.is_open());
        shop.services.suspend_as_operator(&actor, shop.id, "Complaints.").await.unwrap();
        assert_eq!(shop.standing().await, Standing::Suspended);
        shop.services.reinstate_as_operator(&actor, shop.id, "Cleared up.").await.unwrap();
        assert!(shop.standing().await.is_open());
        let audited = test.number("SELECT count(*) FROM audit_entries WHERE actor_kind = 'command' \
            AND action LIKE 'approval.%'").await;
        assert_eq!(audited, 3);
        assert_eq!(shop.view().await.steps.len(), 3);
    }

    async fn what_was_stopped_elsewhere_is_seen_within_a_second(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.approved("payments").await;
        let other = crate::ground::Ground::start(test, 2).await;
        assert!(other.services.recent_standing(shop.id).await.unwrap().is_open());
        assert!(shop.services.recent_standing(shop.id).await.unwrap().is_open());
        shop.services.suspend_application(&shop.grace, shop.id, "Complaints.").await.unwrap();
        let stopped = Instant::now();
        assert_eq!(shop.services.recent_standing(shop.id).await.unwrap(), Standing::Suspended);
        while other.services.recent_standing(shop.id).await.unwrap().is_open() {
            assert!(stopped.elapsed() < Duration::from_millis(1_000));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn sandbox_credentials_are_never_gated(test: TestDb) {
        let shop = Shop::on(test).await;
        let made = shop.services.make_application(&shop.owner, "Second").await.unwrap();
        let (key, secret) = (made.api_key.to_string(), made.api_secret.reveal());
        shop.services.issue_token(&key, secret, None, CallFrom::Unknown).await.unwrap();
        shop.services.close_for_team(&shop.grace, made.application.id, "Done.").await.unwrap();
        let token = shop.services.issue_token(&key, secret, None, CallFrom::Unknown).await.unwrap().access_token;
        let caller = shop.services.authenticate(&token, CallFrom::Unknown).await.unwrap().unwrap();
        assert_eq!(caller.environment, Environment::Sandbox);
    }
}
