//! What the administrator who took a review does with it.

use tallyport_domain::approval::{Approval, Field, PermissionSet, Refusal, Reviewer, Step};
use tallyport_domain::ids::AppId;
use tallyport_storage::approval::submissions::{self, Remarks};

use super::letters::Side;
use super::refusal::ApprovalRefusal;
use super::scene::{Scene, Told};
use crate::Services;
use crate::admin::Administrator;
use crate::audit::Actor;

/// The most characters of a reason or a remark.
pub const REASON_CHARS_MAX: usize = 500;

/// How a review ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// These permissions are approved; the others that were asked for are not.
    Approve(PermissionSet),
    /// The team has to change what is remarked on.
    AskForChanges(Remarks),
    /// Nothing is approved.
    Reject {
        /// Why, for the team to read.
        reason: String,
    },
}

impl Services {
    /// Takes a review. Of several administrators at once, one does.
    pub async fn start_review(&self, administrator: &Administrator, id: AppId) -> Result<(), ApprovalRefusal> {
        self.take_review(administrator, id, Step::ReviewStarted, Approval::start_review).await
    }

    /// Goes on with the review of another administrator.
    pub async fn take_over_review(&self, administrator: &Administrator, id: AppId) -> Result<(), ApprovalRefusal> {
        self.take_review(administrator, id, Step::ReviewTakenOver, Approval::take_over).await
    }

    async fn take_review(
        &self,
        administrator: &Administrator,
        id: AppId,
        step: Step,
        take: fn(Approval, Reviewer, i64) -> Result<Approval, Refusal>,
    ) -> Result<(), ApprovalRefusal> {
        let (scene, reviewer) = self.scene_of_reviewer(administrator, id).await?;
        let next = take(scene.record.approval.clone(), reviewer, scene.now_ms)?;
        let told = told(administrator, &scene, reviewer, step, "");
        self.finish(scene, &next, told).await
    }

    /// Ends a review.
    pub async fn decide(
        &self,
        administrator: &Administrator,
        id: AppId,
        verdict: &Verdict,
    ) -> Result<(), ApprovalRefusal> {
        let (mut scene, reviewer) = self.scene_of_reviewer(administrator, id).await?;
        let (approval, now_ms) = (scene.record.approval.clone(), scene.now_ms);
        let (step, note, next) = match verdict {
            Verdict::Approve(permissions) => {
                (Step::Approved, permissions.to_string(), approval.approve(reviewer, permissions, now_ms)?)
            }
            Verdict::AskForChanges(remarks) => {
                let remarks = clean_remarks(remarks)?;
                let fields: Vec<&str> = remarks.keys().map(|field| field.as_str()).collect();
                let next = approval.ask_for_changes(reviewer, now_ms)?;
                let version = version(&scene).unwrap_or_default();
                submissions::add_remarks(&mut scene.tx, id, version, &remarks).await?;
                (Step::ChangesRequested, fields.join(" "), next)
            }
            Verdict::Reject { reason } => {
                let reason = clean_reason(reason)?;
                (Step::Rejected, reason.to_owned(), approval.reject(reviewer, now_ms)?)
            }
        };
        let told = told(administrator, &scene, reviewer, step, &note);
        self.finish(scene, &next, told).await
    }
}

fn told<'a>(administrator: &Administrator, scene: &Scene, reviewer: Reviewer, step: Step, note: &'a str) -> Told<'a> {
    Told {
        actor: Actor::person(administrator.member()),
        by: reviewer.decider(),
        step,
        version: version(scene),
        note,
        to: Side::Team,
    }
}

fn version(scene: &Scene) -> Option<u32> {
    scene.record.approval.request()?.submission().map(|submission| submission.version)
}

/// A reason that can be shown: there is one, and it is of bounded length.
pub(super) fn clean_reason(reason: &str) -> Result<&str, ApprovalRefusal> {
    let reason = reason.trim();
    let fits = (1..=REASON_CHARS_MAX).contains(&reason.chars().count());
    let is_plain = !reason.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r'));
    if fits && is_plain { Ok(reason) } else { Err(ApprovalRefusal::Reason) }
}

fn clean_remarks(remarks: &Remarks) -> Result<Remarks, ApprovalRefusal> {
    let written = remarks.iter().filter(|(_, text)| !text.trim().is_empty());
    let clean: Result<Remarks, ApprovalRefusal> =
        written.map(|(field, text): (&Field, &String)| Ok((*field, clean_reason(text)?.to_owned()))).collect();
    match clean? {
        remarks if remarks.is_empty() => Err(ApprovalRefusal::Remarks),
        remarks => Ok(remarks),
    }
}
