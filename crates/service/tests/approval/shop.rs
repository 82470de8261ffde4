//! An application on its way, with the people around it.

use std::ops::Deref;

use tallyport_domain::approval::{Answers, ApprovalStatus, Field, PermissionSet, Standing};
use tallyport_domain::ids::{AppId, DeveloperId};
use tallyport_domain::{Role, TeamRole};
use tallyport_service::Member;
use tallyport_service::admin::Administrator;
use tallyport_service::approval::{ApprovalRefusal, TeamView, Verdict};
use tallyport_storage::teams;
use tallyport_storage::test_support::TestDb;

use crate::ground::{BEGINNING_MS, Ground};

pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";

/// An application of Ada's team, and Grace, who administers.
pub(crate) struct Shop {
    ground: Ground,
    pub(crate) owner: Member,
    pub(crate) grace: Administrator,
    pub(crate) id: AppId,
}

impl Deref for Shop {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

impl Shop {
    pub(crate) async fn on(test: &TestDb) -> Self {
        let ground = Ground::on(test).await;
        let owner = ground.person("Ada", Role::Developer).await;
        let grace = ground.administrator("Grace").await;
        let id = ground.services.make_application(&owner, "Bookshop").await.unwrap().application.id;
        Self { ground, owner, grace, id }
    }

    /// Somebody who joins the team.
    pub(crate) async fn colleague(&self, name: &str, role: TeamRole, on_platform: Role) -> Member {
        let member = self.person(name, on_platform).await;
        self.join(member.developer_id, role).await;
        member
    }

    pub(crate) async fn join(&self, id: DeveloperId, role: TeamRole) {
        let team = self.services.list_teams(&self.owner).await.unwrap()[0].team.id;
        let mut tx = self.services.db().begin_write().await.unwrap();
        teams::add_member(&mut tx, team, id, role, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn add_paper(&self) {
        self.services.add_document(&self.owner, self.id, "licence.pdf", PDF).await.unwrap();
    }

    /// A complete submission that waits.
    pub(crate) async fn submitted(&self, permissions: &str) {
        if self.view().await.documents.is_empty() {
            self.add_paper().await;
        }
        self.services.submit_for_approval(&self.owner, self.id, &answers(permissions)).await.unwrap();
    }

    /// A submission that Grace has taken.
    pub(crate) async fn in_review(&self, permissions: &str) {
        self.submitted(permissions).await;
        self.services.start_review(&self.grace, self.id).await.unwrap();
    }

    /// An application with these permissions.
    pub(crate) async fn approved(&self, permissions: &str) {
        self.in_review(permissions).await;
        self.approve(permissions).await.unwrap();
    }

    pub(crate) async fn approve(&self, permissions: &str) -> Result<(), ApprovalRefusal> {
        let verdict = Verdict::Approve(set(permissions));
        self.services.decide(&self.grace, self.id, &verdict).await
    }

    pub(crate) async fn view(&self) -> TeamView {
        self.services.look_at_approval(&self.owner, self.id).await.unwrap().unwrap()
    }

    pub(crate) async fn status(&self) -> ApprovalStatus {
        self.view().await.record.approval.queue_status()
    }

    pub(crate) async fn standing(&self) -> Standing {
        let mut reader = self.services.db().read().await.unwrap();
        self.services.live_standing(&mut reader, self.id).await.unwrap()
    }

    /// Who was written to, and under which subject, newest first.
    pub(crate) async fn mails(&self) -> Vec<(String, String)> {
        let mails = self.services.list_mails(50).await.unwrap();
        mails.into_iter().map(|mail| (mail.recipient, mail.letter.subject)).collect()
    }
}

pub(crate) fn set(permissions: &str) -> PermissionSet {
    permissions.parse().unwrap()
}

pub(crate) fn answers(permissions: &str) -> Answers {
    let mut answers = Answers::default();
    for (field, text) in [
        (Field::Purpose, "Sells printed books to readers in Europe."),
        (Field::Permissions, permissions),
        (Field::LegalName, "Bookshop GmbH"),
        (Field::RegistrationNumber, "HRB 1234"),
        (Field::Country, "DE"),
        (Field::Website, "https://books.example"),
        (Field::ContactName, "Ada"),
        (Field::ContactEmail, "ada@books.example"),
        (Field::MonthlyVolume, "10k_to_100k"),
    ] {
        answers.set(field, text);
    }
    answers
}
