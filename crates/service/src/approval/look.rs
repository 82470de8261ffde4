//! What the pages of both sides show.

use tallyport_domain::TeamRole;
use tallyport_domain::approval::{Answers, Approval, Decider, Request, Rights};
use tallyport_domain::ids::AppId;
use tallyport_storage::approval::approvals::{self, ApprovalRecord};
use tallyport_storage::approval::documents::{self, DocumentRecord};
use tallyport_storage::approval::steps::{self, StepRecord};
use tallyport_storage::approval::subject::{self, SubjectRecord};
use tallyport_storage::approval::submissions::{self, Remarks, SubmissionRecord};
use tallyport_storage::{Tx, applications, developers, teams};

use crate::Services;
use crate::admin::Administrator;
use crate::caller::Member;
use crate::error::ServiceError;

/// How many steps of the timeline are shown.
const STEPS_SHOWN_MAX: u32 = 100;
/// How many versions are looked through for the one before the last.
const VERSIONS_SHOWN: u32 = 2;

/// An application's approval as its team sees it.
#[derive(Debug, Clone)]
pub struct TeamView {
    /// The application.
    pub application: applications::ApplicationRecord,
    /// What the reader is in its team.
    pub role: TeamRole,
    /// Where it stands.
    pub record: ApprovalRecord,
    /// What the form shows: the draft, else what was submitted last.
    pub answers: Answers,
    /// The documents that go with it.
    pub documents: Vec<DocumentRecord>,
    /// What has to change since the last submission.
    pub remarks: Remarks,
    /// The timeline, newest first.
    pub steps: Vec<StepRecord>,
}

impl TeamView {
    /// How many of the questions are answered as they should be.
    #[must_use]
    pub fn complete(&self) -> usize {
        let had = self.record.approval.rights().map(Rights::approved).unwrap_or_default();
        self.answers.complete(&had, self.documents.len())
    }
}

/// An application's approval as administrators see it.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// The application and its team.
    pub subject: SubjectRecord,
    /// Where it stands.
    pub record: ApprovalRecord,
    /// What was submitted last.
    pub last: Option<SubmissionRecord>,
    /// Its documents.
    pub documents: Vec<DocumentRecord>,
    /// What was submitted before that.
    pub previous: Option<SubmissionRecord>,
    /// The documents of that.
    pub previous_documents: Vec<DocumentRecord>,
    /// The timeline, newest first.
    pub steps: Vec<StepRecord>,
    /// Who took the review or decided last, where that is a person.
    pub reviewer: Option<String>,
    /// Whether the reader is of the team, and so may not decide.
    pub is_own: bool,
}

impl Services {
    /// The approval of an application of one of the member's teams.
    pub async fn look_at_approval(&self, member: &Member, id: AppId) -> Result<Option<TeamView>, ServiceError> {
        let mut tx = self.db().begin_read().await?;
        let Some(own) = applications::find_of_member(&mut tx, id, member.developer_id).await? else {
            return Ok(None);
        };
        let record = approvals::find(&mut tx, id).await?;
        let newest = submissions::find_newest(&mut tx, id).await?;
        let last = last_submissions(&mut tx, id, record.last_version).await?.into_iter().next();
        let (answers, documents) = match &newest {
            Some(newest) => (newest.answers.clone(), documents::list(&mut tx, id, newest.version).await?),
            None => (Answers::default(), Vec::new()),
        };
        let steps = steps::list_newest(&mut tx, id, STEPS_SHOWN_MAX).await?;
        let remarks = last.map(|last| last.remarks).unwrap_or_default();
        Ok(Some(TeamView { application: own.application, role: own.role, record, answers, documents, remarks, steps }))
    }

    /// Where an application of one of the member's teams stands.
    pub async fn find_approval(&self, member: &Member, id: AppId) -> Result<Option<Approval>, ServiceError> {
        let mut reader = self.db().read().await?;
        if applications::find_of_member(&mut reader, id, member.developer_id).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(approvals::find(&mut reader, id).await?.approval))
    }

    /// The approval of any application, for an administrator. Drafts are not theirs to see.
    pub async fn look_at_review(
        &self,
        administrator: &Administrator,
        id: AppId,
    ) -> Result<Option<ReviewView>, ServiceError> {
        let reader = administrator.member().developer_id;
        let mut tx = self.db().begin_read().await?;
        let Some(subject) = subject::find(&mut tx, id).await? else { return Ok(None) };
        let record = approvals::find(&mut tx, id).await?;
        let is_own = teams::find_membership(&mut tx, subject.team_id, reader).await?.is_some();
        let mut submitted = last_submissions(&mut tx, id, record.last_version).await?.into_iter();
        let (last, previous) = (submitted.next(), submitted.next());
        let papers = papers(&mut tx, id, last.as_ref()).await?;
        let previous_documents = self::papers(&mut tx, id, previous.as_ref()).await?;
        let steps = steps::list_newest(&mut tx, id, STEPS_SHOWN_MAX).await?;
        let decided = record.approval.request().and_then(Request::decision).map(|decision| decision.by);
        let reviewer = match decided {
            Some(Decider::Person(id)) => developers::find_by_id(&mut tx, id).await?.map(|found| found.name),
            Some(Decider::Operator) | None => None,
        };
        Ok(Some(ReviewView {
            reviewer,
            subject,
            record,
            last,
            documents: papers,
            previous,
            previous_documents,
            steps,
            is_own,
        }))
    }
}

async fn last_submissions(tx: &mut Tx, id: AppId, up_to: u32) -> Result<Vec<SubmissionRecord>, ServiceError> {
    let found = submissions::list_newest(tx, id, up_to, VERSIONS_SHOWN).await?;
    Ok(found.into_iter().filter(|submission| !submission.is_draft()).collect())
}

async fn papers(
    tx: &mut Tx,
    id: AppId,
    submission: Option<&SubmissionRecord>,
) -> Result<Vec<DocumentRecord>, ServiceError> {
    match submission {
        Some(submission) => Ok(documents::list(tx, id, submission.version).await?),
        None => Ok(Vec::new()),
    }
}
