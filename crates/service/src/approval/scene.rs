//! What every step has in common: the locked state it starts from, and what it leaves behind.

use serde_json::json;
use tallyport_domain::approval::{Approval, Decider, Reviewer, Step};
use tallyport_domain::ids::AppId;
use tallyport_domain::team::Power;
use tallyport_storage::approval::approvals::{self, ApprovalRecord};
use tallyport_storage::approval::people::{self, RecipientRecord};
use tallyport_storage::approval::steps::{self, NewStep};
use tallyport_storage::approval::subject::{self, SubjectRecord};
use tallyport_storage::{Tx, administration, teams};

use super::letters::{self, Side};
use super::refusal::ApprovalRefusal;
use crate::Services;
use crate::admin::Administrator;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;

/// The most people that one step is mailed to.
const RECIPIENTS_MAX: u32 = 100;

/// One step under way: an open transaction that holds the application's approval.
pub(super) struct Scene {
    pub(super) tx: Tx,
    pub(super) subject: SubjectRecord,
    pub(super) record: ApprovalRecord,
    pub(super) now_ms: i64,
}

/// What happened, for everybody who has to know.
pub(super) struct Told<'a> {
    pub(super) actor: Actor,
    pub(super) by: Decider,
    pub(super) step: Step,
    pub(super) version: Option<u32>,
    /// A reason or a list.
    pub(super) note: &'a str,
    /// Who is mailed: the side that did not do it.
    pub(super) to: Side,
}

impl Services {
    /// Begins a step of a member of the team.
    pub(super) async fn scene_of_team(
        &self,
        member: &Member,
        id: AppId,
        power: Power,
    ) -> Result<Scene, ApprovalRefusal> {
        let mut scene = self.scene(id).await?;
        self.application_for(&mut scene.tx, member, id, power).await?;
        Ok(scene)
    }

    /// Begins a step of an administrator; whether they are independent is told beside.
    pub(super) async fn scene_of_administrator(
        &self,
        administrator: &Administrator,
        id: AppId,
    ) -> Result<(Scene, bool), ApprovalRefusal> {
        let member = administrator.member();
        let mut scene = self.scene(id).await?;
        // They were one when the request came in.
        if !administration::is_acting_administrator(&mut scene.tx, member.developer_id).await? {
            return Err(ApprovalRefusal::Role);
        }
        let membership = teams::find_membership(&mut scene.tx, scene.subject.team_id, member.developer_id).await?;
        Ok((scene, membership.is_some()))
    }

    /// Begins a step of an administrator who may decide about this application.
    pub(super) async fn scene_of_reviewer(
        &self,
        administrator: &Administrator,
        id: AppId,
    ) -> Result<(Scene, Reviewer), ApprovalRefusal> {
        let (scene, is_of_team) = self.scene_of_administrator(administrator, id).await?;
        Ok((scene, Reviewer::administrator(administrator.member().developer_id, is_of_team)?))
    }

    /// Begins a step, whoever takes it.
    pub(super) async fn scene(&self, id: AppId) -> Result<Scene, ApprovalRefusal> {
        let mut tx = self.db().begin_write().await?;
        let subject = subject::find(&mut tx, id).await?.ok_or(ApprovalRefusal::Unknown)?;
        let now_ms = self.clock().now_ms();
        let record = approvals::lock(&mut tx, id, now_ms).await?;
        Ok(Scene { tx, subject, record, now_ms })
    }

    /// Ends a step: the next state, the timeline, the mails, the audit log; all or nothing.
    pub(super) async fn finish(
        &self,
        mut scene: Scene,
        next: &Approval,
        told: Told<'_>,
    ) -> Result<(), ApprovalRefusal> {
        self.leave(&mut scene, next, told).await?;
        let id = scene.subject.id;
        scene.tx.commit().await?;
        // Other processes see it when what they remember has had its time.
        self.standing_cache().forget(id);
        Ok(())
    }

    /// The same as part of a larger change, which has to commit.
    pub(super) async fn leave(&self, scene: &mut Scene, next: &Approval, told: Told<'_>) -> Result<(), ServiceError> {
        let Scene { tx, subject, record, now_ms } = scene;
        approvals::save(tx, subject.id, record, next, *now_ms).await?;
        let step =
            NewStep { step: told.step, by: told.by, version: told.version, note: told.note.to_owned(), at_ms: *now_ms };
        steps::append(tx, subject.id, &step).await?;
        for recipient in recipients(tx, subject, told.to).await? {
            let letter = letters::write(&letters::About {
                subject,
                step: told.step,
                note: told.note,
                to: told.to,
                reader: &recipient,
                public_url: self.public_url(),
            });
            self.write_mail(tx, &recipient.email, &letter).await?;
        }
        let detail = json!({ "version": told.version, "note": told.note });
        self.record(tx, &told.actor, Deed { action: told.step.action(), object: subject.id.to_string(), detail }).await
    }
}

async fn recipients(tx: &mut Tx, subject: &SubjectRecord, to: Side) -> Result<Vec<RecipientRecord>, ServiceError> {
    Ok(match to {
        Side::Team => people::of_team(tx, subject.team_id, RECIPIENTS_MAX).await?,
        Side::Administrators => people::administrators(tx, subject.team_id, RECIPIENTS_MAX).await?,
    })
}
