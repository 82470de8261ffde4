//! Stopping what was approved, letting it go on, and the end.

use tallyport_domain::approval::{Decider, Permission, Step};
use tallyport_domain::ids::AppId;
use tallyport_storage::Tx;
use tallyport_storage::approval::{approvals, subject};

use super::letters::Side;
use super::refusal::ApprovalRefusal;
use super::review::clean_reason;
use super::scene::{Scene, Told};
use crate::Services;
use crate::admin::Administrator;
use crate::audit::Actor;
use crate::caller::Member;

impl Services {
    /// Stops an application: within a second no process accepts its live calls.
    pub async fn suspend_application(
        &self,
        administrator: &Administrator,
        id: AppId,
        reason: &str,
    ) -> Result<(), ApprovalRefusal> {
        let reason = clean_reason(reason)?;
        // An administrator may stop what their own team has; letting it go on is for somebody else.
        let (scene, _) = self.scene_of_administrator(administrator, id).await?;
        let by = Decider::Person(administrator.member().developer_id);
        let next = scene.record.approval.clone().suspend(by, scene.now_ms)?;
        self.finish(scene, &next, told(administrator.member(), Step::Suspended, reason, Side::Team)).await
    }

    /// Lets a stopped application go on as it was.
    pub async fn reinstate_application(
        &self,
        administrator: &Administrator,
        id: AppId,
        reason: &str,
    ) -> Result<(), ApprovalRefusal> {
        let reason = clean_reason(reason)?;
        let (scene, reviewer) = self.scene_of_reviewer(administrator, id).await?;
        let next = scene.record.approval.clone().reinstate(reviewer)?;
        self.finish(scene, &next, told(administrator.member(), Step::Reinstated, reason, Side::Team)).await
    }

    /// Takes one permission away for a while.
    pub async fn suspend_permission(
        &self,
        administrator: &Administrator,
        id: AppId,
        permission: Permission,
    ) -> Result<(), ApprovalRefusal> {
        let (scene, _) = self.scene_of_administrator(administrator, id).await?;
        let by = Decider::Person(administrator.member().developer_id);
        let next = scene.record.approval.clone().suspend_permission(permission, by, scene.now_ms)?;
        self.finish(
            scene,
            &next,
            told(administrator.member(), Step::PermissionSuspended, permission.as_str(), Side::Team),
        )
        .await
    }

    /// Gives a permission back that was taken away.
    pub async fn reinstate_permission(
        &self,
        administrator: &Administrator,
        id: AppId,
        permission: Permission,
    ) -> Result<(), ApprovalRefusal> {
        let (scene, reviewer) = self.scene_of_reviewer(administrator, id).await?;
        let next = scene.record.approval.clone().reinstate_permission(permission, reviewer, scene.now_ms)?;
        self.finish(
            scene,
            &next,
            told(administrator.member(), Step::PermissionReinstated, permission.as_str(), Side::Team),
        )
        .await
    }

    /// The end of an application's live rights. There is no way back.
    pub async fn close_for_team(
        &self,
        administrator: &Administrator,
        id: AppId,
        reason: &str,
    ) -> Result<(), ApprovalRefusal> {
        let reason = clean_reason(reason)?;
        let (scene, _) = self.scene_of_administrator(administrator, id).await?;
        let by = Decider::Person(administrator.member().developer_id);
        let next = scene.record.approval.clone().close(by, scene.now_ms)?;
        self.finish(scene, &next, told(administrator.member(), Step::Closed, reason, Side::Team)).await
    }

    /// The same by one of its owners, as part of a larger change such as closing the application: to be
    /// called before that change writes its own entry of the audit log. What is closed already stays so.
    /// After the commit, [`Self::forget_standing`] makes this process see it at once.
    pub(crate) async fn close_approval(&self, mut tx: Tx, member: &Member, id: AppId) -> Result<Tx, ApprovalRefusal> {
        let subject = subject::find(&mut tx, id).await?.ok_or(ApprovalRefusal::Unknown)?;
        let now_ms = self.clock().now_ms();
        let record = approvals::lock(&mut tx, id, now_ms).await?;
        let Ok(next) = record.approval.clone().close(Decider::Person(member.developer_id), now_ms) else {
            return Ok(tx);
        };
        let mut scene = Scene { tx, subject, record, now_ms };
        self.leave(&mut scene, &next, told(member, Step::Closed, "", Side::Administrators)).await?;
        Ok(scene.tx)
    }
}

fn told<'a>(member: &Member, step: Step, note: &'a str, to: Side) -> Told<'a> {
    Told { actor: Actor::person(member), by: Decider::Person(member.developer_id), step, version: None, note, to }
}
