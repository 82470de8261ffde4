//! What a team does.

use tallyport_domain::approval::{Answers, ApprovalStatus, Field, FieldFault, Refusal, Standing, Step};
use tallyport_domain::{Role, TeamRole};
use tallyport_service::approval::{ApprovalRefusal, Verdict};
use tallyport_service::audit::ChainState;
use tallyport_storage::both_databases;

use crate::shop::{Shop, answers};

both_databases! {
    async fn incomplete_answers_are_kept_and_not_submitted(test: TestDb) {
        let shop = Shop::on(test).await;
        let mut typed = Answers::default();
        typed.set(Field::LegalName, "Bookshop GmbH");
        let refusal = shop.services.submit_for_approval(&shop.owner, shop.id, &typed).await;
        let Err(ApprovalRefusal::Faults(faults)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(faults.len(), Field::ALL.len() - 1);
        assert!(faults.contains(&(Field::Documents, FieldFault::Missing)));
        let view = shop.view().await;
        assert_eq!((view.answers, shop.status().await), (typed, ApprovalStatus::Draft));
        assert_eq!(shop.mails().await, []);
        assert_eq!(test.number("SELECT count(*) FROM approval_steps").await, 0);
    }

    async fn a_viewer_sees_and_changes_nothing(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.add_paper().await;
        let viewer = shop.colleague("Vera", TeamRole::Viewer, Role::Developer).await;
        let (services, id) = (&shop.services, shop.id);
        let document = shop.view().await.documents[0].id;
        assert!(services.look_at_approval(&viewer, id).await.unwrap().is_some());
        assert!(services.open_document(&viewer, document).await.unwrap().is_some());
        let refusals = [
            services.save_draft(&viewer, id, &answers("payments")).await,
            services.submit_for_approval(&viewer, id, &answers("payments")).await.map(|_| ()),
            services.withdraw_submission(&viewer, id).await,
            services.add_document(&viewer, id, "a.pdf", b"%PDF-1.7 2\n%%EOF").await.map(|_| ()),
            services.remove_document(&viewer, id, document).await,
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Err(ApprovalRefusal::Role)), "{refusal:?}");
        }
        assert_eq!(shop.status().await, ApprovalStatus::Draft);
    }

    async fn somebody_else_s_application_does_not_exist(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.submitted("payments").await;
        let eve = shop.person("Eve", Role::Developer).await;
        let (services, id) = (&shop.services, shop.id);
        let document = shop.view().await.documents[0].id;
        assert!(services.look_at_approval(&eve, id).await.unwrap().is_none());
        assert!(services.open_document(&eve, document).await.unwrap().is_none());
        for refusal in [
            services.save_draft(&eve, id, &answers("payments")).await,
            services.withdraw_submission(&eve, id).await,
            services.may_add_document(&eve, id).await,
            services.remove_document(&eve, id, document).await,
        ] {
            assert!(matches!(refusal, Err(ApprovalRefusal::Unknown)), "{refusal:?}");
        }
        assert_eq!(shop.status().await, ApprovalStatus::Submitted);
    }

    async fn every_step_is_mailed_to_the_other_side_and_stands_in_the_timeline(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.submitted("payments refunds").await;
        let told = |who: &str, what: &str| (format!("{who}@example.com"), format!("Bookshop {what}"));
        assert_eq!(shop.mails().await, [told("grace", "was submitted for approval")]);
        shop.services.withdraw_submission(&shop.owner, shop.id).await.unwrap();
        assert_eq!(shop.mails().await.len(), 2);
        shop.submitted("payments refunds").await;
        shop.services.start_review(&shop.grace, shop.id).await.unwrap();
        let remarks = [(Field::Website, "It does not answer.".to_owned())].into_iter().collect();
        shop.services.decide(&shop.grace, shop.id, &Verdict::AskForChanges(remarks)).await.unwrap();
        assert_eq!(shop.view().await.remarks[&Field::Website], "It does not answer.");
        shop.in_review("payments refunds").await;
        shop.approve("payments").await.unwrap();
        let mails = shop.mails().await;
        let to_team: Vec<_> = mails.iter().filter(|(recipient, _)| recipient == "ada@example.com").collect();
        assert_eq!(to_team.len(), 4, "{mails:?}");
        assert!(mails.contains(&told("ada", "is approved")), "{mails:?}");
        let steps: Vec<Step> = shop.view().await.steps.iter().rev().map(|step| step.taken.step).collect();
        assert_eq!(steps, [
            Step::Submitted,
            Step::Withdrawn,
            Step::Submitted,
            Step::ReviewStarted,
            Step::ChangesRequested,
            Step::Submitted,
            Step::ReviewStarted,
            Step::Approved,
        ]);
        let versions = test.number("SELECT count(*) FROM submissions WHERE submitted_at_ms IS NOT NULL").await;
        assert_eq!(versions, 3);
        let audited = test.number("SELECT count(*) FROM audit_entries WHERE action LIKE 'approval.%'").await;
        assert_eq!(audited, 9); // eight steps and one document
        assert!(matches!(shop.services.verify_audit_log().await.unwrap(), ChainState::Whole { .. }));
    }

    async fn mails_follow_the_language_of_their_reader(test: TestDb) {
        let shop = Shop::on(test).await;
        test.execute("UPDATE developers SET language = 'zh' WHERE name = 'Grace'").await;
        shop.submitted("payments").await;
        let mail = &shop.services.list_mails(1).await.unwrap()[0];
        assert_eq!(mail.letter.subject, "「Bookshop」已提交审核");
        assert!(mail.letter.text.contains("权限：支付"), "{}", mail.letter.text);
        assert!(mail.letter.text.contains(&format!("https://pay.example/admin/approvals/{}", shop.id)));
    }

    async fn what_waits_cannot_be_changed_until_it_is_withdrawn(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.submitted("payments").await;
        let id = shop.id;
        let refusals = [
            shop.services.save_draft(&shop.owner, id, &answers("refunds")).await,
            shop.services.submit_for_approval(&shop.owner, id, &answers("refunds")).await.map(|_| ()),
            shop.services.add_document(&shop.owner, id, "b.pdf", b"%PDF-1.7 2\n%%EOF").await.map(|_| ()),
        ];
        for refusal in refusals {
            let expected = Refusal::State { status: ApprovalStatus::Submitted };
            assert!(matches!(&refusal, Err(ApprovalRefusal::Refused(refused)) if *refused == expected), "{refusal:?}");
        }
        shop.services.withdraw_submission(&shop.owner, id).await.unwrap();
        shop.services.save_draft(&shop.owner, id, &answers("refunds")).await.unwrap();
        // The second version began with the papers of the first.
        let view = shop.view().await;
        assert_eq!((view.documents.len(), view.answers.get(Field::Permissions)), (1, "refunds"));
    }

    async fn an_approved_application_asks_for_more_without_losing_what_it_has(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.approved("payments").await;
        let before = shop.standing().await;
        assert!(matches!(before, Standing::Open { .. }));
        shop.submitted("payments refunds").await;
        assert_eq!((shop.status().await, shop.standing().await), (ApprovalStatus::Submitted, before));
        shop.services.start_review(&shop.grace, shop.id).await.unwrap();
        let verdict = Verdict::Reject { reason: "No licence for that.".to_owned() };
        shop.services.decide(&shop.grace, shop.id, &verdict).await.unwrap();
        assert_eq!((shop.status().await, shop.standing().await), (ApprovalStatus::Approved, before));
    }
}
