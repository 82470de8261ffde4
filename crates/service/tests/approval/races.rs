//! Sixteen at once; one wins.

use std::sync::Arc;

use tallyport_domain::approval::ApprovalStatus;
use tallyport_service::approval::{ApprovalRefusal, Verdict};
use tallyport_storage::both_databases;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::shop::{Shop, answers, set};

const CROWD: usize = 16;
const ROUNDS: usize = 6;

/// Runs what the function makes of each number at once, and counts those who were not refused.
async fn winners<F>(act: impl Fn(usize) -> F) -> usize
where
    F: Future<Output = Result<(), ApprovalRefusal>> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(CROWD));
    let mut crowd = JoinSet::new();
    for number in 0..CROWD {
        let (barrier, act) = (Arc::clone(&barrier), act(number));
        crowd.spawn(async move {
            barrier.wait().await;
            act.await
        });
    }
    let mut won = 0;
    for answer in crowd.join_all().await {
        match answer {
            Ok(()) => won += 1,
            Err(ApprovalRefusal::Refused(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    won
}

both_databases! {
    async fn one_administrator_takes_the_review(test: TestDb) {
        let shop = Shop::on(test).await;
        let mut administrators = Vec::new();
        for number in 0..CROWD {
            administrators.push(shop.administrator(&format!("Admin{number}")).await);
        }
        for _ in 0..ROUNDS {
            shop.submitted("payments").await;
            let won = winners(|number| {
                let (services, by, id) = (shop.services.clone(), administrators[number].clone(), shop.id);
                async move { services.start_review(&by, id).await }
            })
            .await;
            assert_eq!(won, 1);
            shop.services.withdraw_submission(&shop.owner, shop.id).await.unwrap();
        }
    }

    async fn one_submission_comes_of_many_clicks(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.add_paper().await;
        for round in 1..=ROUNDS {
            let won = winners(|_| {
                let (services, by, id) = (shop.services.clone(), shop.owner.clone(), shop.id);
                async move { services.submit_for_approval(&by, id, &answers("payments")).await.map(|_| ()) }
            })
            .await;
            assert_eq!(won, 1);
            let versions = test.number("SELECT count(*) FROM submissions WHERE submitted_at_ms IS NOT NULL").await;
            assert_eq!(versions, i64::try_from(round).unwrap());
            shop.services.withdraw_submission(&shop.owner, shop.id).await.unwrap();
        }
        let steps = test.number("SELECT count(*) FROM approval_steps WHERE step = 'submitted'").await;
        assert_eq!(steps, i64::try_from(ROUNDS).unwrap());
        assert_eq!(shop.mails().await.len(), 2 * ROUNDS);
    }

    async fn approving_and_rejecting_at_once_comes_to_one_of_the_two(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.in_review("payments").await;
        let won = winners(|number| {
            let (services, by, id) = (shop.services.clone(), shop.grace.clone(), shop.id);
            let verdict = if number % 2 == 0 {
                Verdict::Approve(set("payments"))
            } else {
                Verdict::Reject { reason: "No licence.".to_owned() }
            };
            async move { services.decide(&by, id, &verdict).await }
        })
        .await;
        assert_eq!(won, 1);
        let is_open = shop.standing().await.is_open();
        let expected = if is_open { ApprovalStatus::Approved } else { ApprovalStatus::Rejected };
        assert_eq!(shop.status().await, expected);
        let told = test.number("SELECT count(*) FROM approval_steps WHERE step IN ('approved', 'rejected')").await;
        assert_eq!(told, 1);
    }

    async fn withdrawing_and_deciding_at_once_leaves_no_rights_behind_a_withdrawal(test: TestDb) {
        let shop = Shop::on(test).await;
        for _ in 0..ROUNDS {
            if shop.status().await == ApprovalStatus::Approved {
                break;
            }
            shop.in_review("payments").await;
            let won = winners(|number| {
                let (services, grace, owner, id) = (shop.services.clone(), shop.grace.clone(), shop.owner.clone(), shop.id);
                async move {
                    if number % 2 == 0 {
                        services.decide(&grace, id, &Verdict::Approve(set("payments"))).await
                    } else {
                        services.withdraw_submission(&owner, id).await
                    }
                }
            })
            .await;
            assert_eq!(won, 1);
            let withdrawn = shop.view().await.steps[0].taken.step == tallyport_domain::approval::Step::Withdrawn;
            assert_eq!(shop.standing().await.is_open(), !withdrawn);
        }
    }

    async fn one_document_comes_of_many_uploads_of_the_same(test: TestDb) {
        let shop = Shop::on(test).await;
        let mut crowd = JoinSet::new();
        for _ in 0..CROWD {
            let (services, by, id) = (shop.services.clone(), shop.owner.clone(), shop.id);
            crowd.spawn(async move { services.add_document(&by, id, "a.pdf", crate::shop::PDF).await.is_ok() });
        }
        assert_eq!(crowd.join_all().await.into_iter().filter(|taken| *taken).count(), 1);
        assert_eq!(test.number("SELECT count(*) FROM documents").await, 1);
    }
}
