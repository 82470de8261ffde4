//! What administrators do, and what they may not.

use tallyport_domain::approval::{ApprovalStatus, Field, Refusal, Standing};
use tallyport_domain::{Role, TeamRole};
use tallyport_service::admin::Administrator;
use tallyport_service::approval::{ApprovalRefusal, REASON_CHARS_MAX, Remarks, Verdict};
use tallyport_storage::both_databases;

use crate::shop::{Shop, set};

both_databases! {
    async fn nobody_approves_for_their_own_team(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.submitted("payments").await;
        let insider = shop.colleague("Ivan", TeamRole::Viewer, Role::Administrator).await;
        let insider = Administrator::of(insider).unwrap();
        let own = |refusal: Result<(), ApprovalRefusal>| {
            assert!(matches!(refusal, Err(ApprovalRefusal::Refused(Refusal::OwnApplication))), "{refusal:?}");
        };
        own(shop.services.start_review(&insider, shop.id).await);
        shop.services.start_review(&shop.grace, shop.id).await.unwrap();
        own(shop.services.take_over_review(&insider, shop.id).await);
        own(shop.services.decide(&insider, shop.id, &Verdict::Approve(set("payments"))).await);
        // Joining the team in the middle of a review ends one's part in it.
        shop.join(shop.grace.member().developer_id, TeamRole::Developer).await;
        own(shop.approve("payments").await);
        assert_eq!(shop.standing().await, Standing::NotApproved);
    }

    async fn nobody_approves_what_they_submitted_and_then_left(test: TestDb) {
        let shop = Shop::on(test).await;
        let ivan = shop.colleague("Ivan", TeamRole::Owner, Role::Administrator).await;
        shop.add_paper().await;
        shop.services.submit_for_approval(&ivan, shop.id, &crate::shop::answers("payments")).await.unwrap();
        let left = format!("DELETE FROM team_members WHERE developer_id = '{}' AND team_id = \
            (SELECT team_id FROM applications WHERE name = 'Bookshop')", ivan.developer_id);
        test.execute(&left).await;
        let ivan = Administrator::of(ivan).unwrap();
        let refusal = shop.services.start_review(&ivan, shop.id).await;
        assert!(matches!(refusal, Err(ApprovalRefusal::Refused(Refusal::OwnApplication))), "{refusal:?}");
    }

    async fn who_is_no_administrator_any_more_decides_nothing(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.in_review("payments").await;
        test.execute("UPDATE developers SET role = 'developer' WHERE name = 'Grace'").await;
        assert!(matches!(shop.approve("payments").await, Err(ApprovalRefusal::Role)));
        assert_eq!(shop.status().await, ApprovalStatus::InReview);
    }

    async fn a_verdict_needs_its_words(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.in_review("payments").await;
        let decide = async |verdict: Verdict| shop.services.decide(&shop.grace, shop.id, &verdict).await;
        let reject = |reason: &str| Verdict::Reject { reason: reason.to_owned() };
        let remark = |text: &str| -> Verdict {
            Verdict::AskForChanges([(Field::Website, text.to_owned())].into_iter().collect())
        };
        for reason in ["", " \n ", &"x".repeat(REASON_CHARS_MAX + 1), "a\u{0}b"] {
            assert!(matches!(decide(reject(reason)).await, Err(ApprovalRefusal::Reason)), "{reason:?}");
        }
        assert!(matches!(decide(Verdict::AskForChanges(Remarks::new())).await, Err(ApprovalRefusal::Remarks)));
        assert!(matches!(decide(remark("  ")).await, Err(ApprovalRefusal::Remarks)));
        let nothing = decide(Verdict::Approve(set(""))).await;
        assert!(matches!(nothing, Err(ApprovalRefusal::Refused(Refusal::NothingApproved))));
        let more = decide(Verdict::Approve(set("payments transfers"))).await;
        assert!(matches!(more, Err(ApprovalRefusal::Refused(Refusal::NotAsked))));
        assert_eq!(shop.status().await, ApprovalStatus::InReview);
        assert_eq!(test.number("SELECT count(*) FROM submission_remarks").await, 0);
        decide(reject("No licence.")).await.unwrap();
        assert_eq!(shop.status().await, ApprovalStatus::Rejected);
    }

    async fn another_administrator_takes_over_and_then_decides_alone(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.in_review("payments").await;
        let hopper = shop.administrator("Hopper").await;
        let verdict = Verdict::Approve(set("payments"));
        let early = shop.services.decide(&hopper, shop.id, &verdict).await;
        assert!(matches!(early, Err(ApprovalRefusal::Refused(Refusal::Taken { .. }))), "{early:?}");
        shop.services.take_over_review(&hopper, shop.id).await.unwrap();
        let late = shop.approve("payments").await;
        assert!(matches!(late, Err(ApprovalRefusal::Refused(Refusal::Taken { .. }))), "{late:?}");
        shop.services.decide(&hopper, shop.id, &verdict).await.unwrap();
        assert!(shop.standing().await.is_open());
    }

    async fn administrators_do_not_see_drafts(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.add_paper().await;
        let document = shop.view().await.documents[0].id;
        let review = shop.services.look_at_review(&shop.grace, shop.id).await.unwrap().unwrap();
        assert!(review.last.is_none() && review.documents.is_empty());
        assert!(shop.services.open_document(shop.grace.member(), document).await.unwrap().is_none());
        shop.submitted("payments").await;
        let review = shop.services.look_at_review(&shop.grace, shop.id).await.unwrap().unwrap();
        assert_eq!((review.last.unwrap().version, review.documents.len()), (1, 1));
        assert!(shop.services.open_document(shop.grace.member(), document).await.unwrap().is_some());
    }
}
