//! What somebody at the command line of the platform's machine does.

use tallyport_domain::approval::{Decider, PermissionSet, Reviewer, Step};
use tallyport_domain::ids::AppId;

use super::letters::Side;
use super::refusal::ApprovalRefusal;
use super::review::clean_reason;
use super::scene::Told;
use crate::Services;
use crate::audit::Actor;

impl Services {
    /// Approves permissions without a submission. What was being asked for is done with.
    pub async fn approve_as_operator(
        &self,
        actor: &Actor,
        id: AppId,
        permissions: &PermissionSet,
    ) -> Result<(), ApprovalRefusal> {
        let scene = self.scene(id).await?;
        let next = scene.record.approval.clone().admit(permissions, scene.now_ms)?;
        let note = permissions.to_string();
        self.finish(scene, &next, told(actor, Step::Approved, &note)).await
    }

    /// Stops an application.
    pub async fn suspend_as_operator(&self, actor: &Actor, id: AppId, reason: &str) -> Result<(), ApprovalRefusal> {
        let reason = clean_reason(reason)?;
        let scene = self.scene(id).await?;
        let next = scene.record.approval.clone().suspend(Decider::Operator, scene.now_ms)?;
        self.finish(scene, &next, told(actor, Step::Suspended, reason)).await
    }

    /// Lets a stopped application go on.
    pub async fn reinstate_as_operator(&self, actor: &Actor, id: AppId, reason: &str) -> Result<(), ApprovalRefusal> {
        let reason = clean_reason(reason)?;
        let scene = self.scene(id).await?;
        let next = scene.record.approval.clone().reinstate(Reviewer::operator())?;
        self.finish(scene, &next, told(actor, Step::Reinstated, reason)).await
    }
}

fn told<'a>(actor: &Actor, step: Step, note: &'a str) -> Told<'a> {
    Told { actor: actor.clone(), by: Decider::Operator, step, version: None, note, to: Side::Team }
}
