//! The draft that a team works on until it submits.

use tallyport_domain::approval::{ANSWER_CHARS_MAX, Answers, Field, FieldFault, Refusal};
use tallyport_domain::ids::AppId;
use tallyport_domain::team::Power;
use tallyport_storage::approval::documents;
use tallyport_storage::approval::submissions::{self, SubmissionRecord};

use super::refusal::ApprovalRefusal;
use super::scene::Scene;
use crate::Services;
use crate::caller::Member;

/// A draft keeps answers that are too long to be submitted, so that nothing is lost, but not this long.
const DRAFT_CHARS_MAX: usize = 4 * ANSWER_CHARS_MAX;

impl Services {
    /// Saves what was typed, complete or not. It is the team's own business until it is submitted, so it
    /// leaves no line in the timeline.
    pub async fn save_draft(&self, member: &Member, id: AppId, answers: &Answers) -> Result<(), ApprovalRefusal> {
        let mut scene = self.scene_of_team(member, id, Power::Develop).await?;
        self.write_draft(&mut scene, answers).await?;
        scene.tx.commit().await?;
        Ok(())
    }

    pub(super) async fn write_draft(
        &self,
        scene: &mut Scene,
        answers: &Answers,
    ) -> Result<SubmissionRecord, ApprovalRefusal> {
        let is_long = |(field, text): (Field, &str)| (text.chars().count() > DRAFT_CHARS_MAX).then_some(field);
        let faults: Vec<_> = answers.iter().filter_map(is_long).map(|field| (field, FieldFault::TooLong)).collect();
        if !faults.is_empty() {
            return Err(ApprovalRefusal::Faults(faults));
        }
        let draft = self.draft(scene).await?;
        submissions::save_draft(&mut scene.tx, scene.subject.id, draft.version, answers, scene.now_ms).await?;
        Ok(SubmissionRecord { answers: answers.clone(), ..draft })
    }

    /// The draft, made from the newest submission where there is none.
    pub(super) async fn draft(&self, scene: &mut Scene) -> Result<SubmissionRecord, ApprovalRefusal> {
        let Scene { tx, subject, record, now_ms } = scene;
        if !record.approval.is_editable() {
            return Err(Refusal::State { status: record.approval.queue_status() }.into());
        }
        let newest = submissions::find_newest(&mut *tx, subject.id).await?;
        match newest {
            Some(draft) if draft.is_draft() => Ok(draft),
            Some(last) => {
                let version = last.version + 1;
                submissions::save_draft(tx, subject.id, version, &last.answers, *now_ms).await?;
                documents::carry_over(tx, subject.id, last.version, version).await?;
                Ok(SubmissionRecord {
                    version,
                    submitted_by: None,
                    submitted_at_ms: None,
                    saved_at_ms: *now_ms,
                    answers: last.answers,
                    remarks: submissions::Remarks::new(),
                })
            }
            None => {
                submissions::save_draft(tx, subject.id, 1, &Answers::default(), *now_ms).await?;
                Ok(SubmissionRecord {
                    version: 1,
                    submitted_by: None,
                    submitted_at_ms: None,
                    saved_at_ms: *now_ms,
                    answers: Answers::default(),
                    remarks: submissions::Remarks::new(),
                })
            }
        }
    }
}
