//! What a team does: it submits, and takes a submission back.

use tallyport_domain::approval::{Answers, Decider, Rights, Step, Submission};
use tallyport_domain::ids::AppId;
use tallyport_domain::team::Power;
use tallyport_storage::approval::{documents, submissions};

use super::letters::Side;
use super::refusal::ApprovalRefusal;
use super::scene::Told;
use crate::Services;
use crate::audit::Actor;
use crate::caller::Member;

impl Services {
    /// Submits these answers with the draft's documents. What was typed is kept in any case: answers
    /// that have to be corrected are saved as the draft.
    pub async fn submit_for_approval(
        &self,
        member: &Member,
        id: AppId,
        answers: &Answers,
    ) -> Result<u32, ApprovalRefusal> {
        let mut scene = self.scene_of_team(member, id, Power::Develop).await?;
        let draft = self.write_draft(&mut scene, answers).await?;
        let papers = documents::list(&mut scene.tx, id, draft.version).await?;
        let had = scene.record.approval.rights().map(Rights::approved).unwrap_or_default();
        let checked = match answers.check(&had, papers.len()) {
            Ok(checked) => checked,
            Err(faults) => {
                scene.tx.commit().await?;
                return Err(ApprovalRefusal::Faults(faults));
            }
        };
        let asked = checked.permissions.to_string();
        let next = scene.record.approval.clone().submit(Submission {
            version: draft.version,
            by: member.developer_id,
            at_ms: scene.now_ms,
            permissions: checked.permissions,
        })?;
        submissions::mark_submitted(&mut scene.tx, id, draft.version, member.developer_id, scene.now_ms).await?;
        let told = Told {
            actor: Actor::person(member),
            by: Decider::Person(member.developer_id),
            step: Step::Submitted,
            version: Some(draft.version),
            note: &asked,
            to: Side::Administrators,
        };
        self.finish(scene, &next, told).await?;
        Ok(draft.version)
    }

    /// Takes a submission back that nobody has decided about yet.
    pub async fn withdraw_submission(&self, member: &Member, id: AppId) -> Result<(), ApprovalRefusal> {
        let scene = self.scene_of_team(member, id, Power::Develop).await?;
        let version =
            scene.record.approval.request().and_then(|request| request.submission()).map(|asked| asked.version);
        let next = scene.record.approval.clone().withdraw()?;
        let told = Told {
            actor: Actor::person(member),
            by: Decider::Person(member.developer_id),
            step: Step::Withdrawn,
            version,
            note: "",
            to: Side::Administrators,
        };
        self.finish(scene, &next, told).await
    }
}
