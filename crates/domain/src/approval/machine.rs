//! The state machine of an application's approval.

use std::collections::BTreeMap;

use super::permission::{Permission, PermissionSet};
use super::refusal::Refusal;
use super::request::{Request, Submission};
use super::reviewer::{Decider, Decision, Reviewer};
use super::standing::Standing;
use super::state::{ApprovalStatus, PermissionState, PermissionStatus, RequestStatus, Rights};

/// Where an application stands. A move consumes the state and gives the next one, or says why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// It was never approved.
    Applying(Request),
    /// It has live rights, and may ask for more without losing them.
    Approved(Rights),
    /// It has them, but may not use them for now.
    Suspended(Rights, Decision),
    /// It is gone.
    Closed(Decision),
}

impl Default for Approval {
    fn default() -> Self {
        Self::Applying(Request::Idle)
    }
}

impl Approval {
    /// Where the application stands, without the data.
    #[must_use]
    pub const fn status(&self) -> ApprovalStatus {
        match self {
            Self::Applying(request) => of_request(request.status()),
            Self::Approved(_) => ApprovalStatus::Approved,
            Self::Suspended(..) => ApprovalStatus::Suspended,
            Self::Closed(_) => ApprovalStatus::Closed,
        }
    }

    /// What administrators have to know first: a request that is under way, else the status.
    #[must_use]
    pub const fn queue_status(&self) -> ApprovalStatus {
        match self {
            Self::Approved(Rights { request, .. }) => match request.status() {
                RequestStatus::Idle | RequestStatus::Rejected => ApprovalStatus::Approved,
                under_way => of_request(under_way),
            },
            other => other.status(),
        }
    }

    /// What it asks for at the moment.
    #[must_use]
    pub const fn request(&self) -> Option<&Request> {
        match self {
            Self::Applying(request)
            | Self::Approved(Rights { request, .. })
            | Self::Suspended(Rights { request, .. }, _) => Some(request),
            Self::Closed(_) => None,
        }
    }

    /// What it has, where it was ever approved and is not gone.
    #[must_use]
    pub const fn rights(&self) -> Option<&Rights> {
        match self {
            Self::Approved(rights) | Self::Suspended(rights, _) => Some(rights),
            Self::Applying(_) | Self::Closed(_) => None,
        }
    }

    /// Where one permission stands.
    #[must_use]
    pub fn permission(&self, permission: Permission) -> PermissionStatus {
        if matches!(self, Self::Closed(_)) {
            return PermissionStatus::Closed;
        }
        let decided = self.rights().and_then(|rights| rights.permissions.get(&permission));
        if let Some(state) = decided.filter(|state| state.was_approved()) {
            let stopped = matches!(self, Self::Suspended(..));
            return if stopped { PermissionStatus::Suspended } else { state.status() };
        }
        let asked = self.request().filter(|request| {
            request.submission().is_some_and(|submission| submission.permissions.contains(permission))
        });
        match asked.map(Request::status) {
            Some(RequestStatus::Submitted) => PermissionStatus::Submitted,
            Some(RequestStatus::InReview) => PermissionStatus::InReview,
            Some(RequestStatus::ChangesRequested) => PermissionStatus::ChangesRequested,
            Some(RequestStatus::Rejected) => PermissionStatus::Rejected,
            Some(RequestStatus::Idle) | None => decided.map_or(PermissionStatus::NotAsked, |state| state.status()),
        }
    }

    /// What the live environment may do at this moment.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.status(), &self.rights().map(Rights::in_force).unwrap_or_default())
    }

    /// Whether the team may work on its next submission.
    #[must_use]
    pub const fn is_editable(&self) -> bool {
        match self {
            Self::Applying(Request::Idle | Request::ChangesRequested(..)) => true,
            Self::Approved(Rights { request, .. }) => {
                matches!(request, Request::Idle | Request::ChangesRequested(..) | Request::Rejected(..))
            }
            _ => false,
        }
    }

    /// Whether a request that is under way may be decided: not while the application is stopped.
    #[must_use]
    pub const fn is_open_to_review(&self) -> bool {
        matches!(self, Self::Applying(_) | Self::Approved(_))
    }

    /// The team submits. An approved application asks for what it does not have.
    pub fn submit(self, submission: Submission) -> Result<Self, Refusal> {
        if !self.is_editable() {
            return Err(self.wrong());
        }
        let had = self.rights().map(Rights::approved).unwrap_or_default();
        let Submission { version, by, at_ms, permissions: wanted } = submission;
        let permissions = wanted.without(&had);
        if permissions.is_empty() {
            return Err(Refusal::NothingNew);
        }
        let request = Request::Submitted(Submission { version, by, at_ms, permissions });
        self.with_request(|_| Ok(request))
    }

    /// The team takes a submission back, also one that is being looked at.
    pub fn withdraw(self) -> Result<Self, Refusal> {
        self.with_request(|request| request.withdraw().map_err(|_| None))
    }

    /// An administrator takes the review. Of several at once, one does.
    pub fn start_review(self, reviewer: Reviewer, at_ms: i64) -> Result<Self, Refusal> {
        self.with_request(|request| request.take(reviewer, at_ms))
    }

    /// An administrator goes on with the review of another.
    pub fn take_over(self, reviewer: Reviewer, at_ms: i64) -> Result<Self, Refusal> {
        self.with_request(|request| request.take_over(reviewer, at_ms))
    }

    /// The reviewer asks for changes.
    pub fn ask_for_changes(self, reviewer: Reviewer, at_ms: i64) -> Result<Self, Refusal> {
        self.with_request(|request| {
            request.decided(reviewer).map(|submission| Request::ChangesRequested(submission, reviewer.decides(at_ms)))
        })
    }

    /// The reviewer rejects everything that was asked for. What was approved before stays.
    pub fn reject(self, reviewer: Reviewer, at_ms: i64) -> Result<Self, Refusal> {
        self.with_request(|request| {
            request.decided(reviewer).map(|submission| Request::Rejected(submission, reviewer.decides(at_ms)))
        })
    }

    /// The reviewer approves these permissions and rejects the others that were asked for.
    pub fn approve(self, reviewer: Reviewer, approved: &PermissionSet, at_ms: i64) -> Result<Self, Refusal> {
        let status = self.status();
        let (mut permissions, request) = match self {
            Self::Applying(request) => (BTreeMap::new(), request),
            Self::Approved(rights) => (rights.permissions, rights.request),
            Self::Suspended(..) | Self::Closed(_) => return Err(Refusal::State { status }),
        };
        let submission = request.decided(reviewer).map_err(|refusal| refusal.unwrap_or(Refusal::State { status }))?;
        if approved.is_empty() {
            return Err(Refusal::NothingApproved);
        }
        if !approved.is_within(&submission.permissions) {
            return Err(Refusal::NotAsked);
        }
        let decision = reviewer.decides(at_ms);
        permissions.extend(submission.permissions.iter().map(|permission| {
            let is_approved = approved.contains(permission);
            (
                permission,
                if is_approved { PermissionState::Approved(decision) } else { PermissionState::Rejected(decision) },
            )
        }));
        Ok(Self::Approved(Rights { permissions, request: Request::Idle }))
    }

    /// The operator of the machine approves without a submission. What was being asked for is done with.
    pub fn admit(self, approved: &PermissionSet, at_ms: i64) -> Result<Self, Refusal> {
        let mut permissions = match self {
            Self::Applying(_) => BTreeMap::new(),
            Self::Approved(rights) => rights.permissions,
            Self::Suspended(..) | Self::Closed(_) => return Err(self.wrong()),
        };
        if approved.is_empty() {
            return Err(Refusal::NothingApproved);
        }
        let decision = Reviewer::operator().decides(at_ms);
        permissions.extend(approved.iter().map(|permission| (permission, PermissionState::Approved(decision))));
        Ok(Self::Approved(Rights { permissions, request: Request::Idle }))
    }

    /// Live calls stop. Anybody who may review may stop, also their own application.
    pub fn suspend(self, by: Decider, at_ms: i64) -> Result<Self, Refusal> {
        match self {
            Self::Approved(rights) => Ok(Self::Suspended(rights, Decision { by, at_ms })),
            other => Err(other.wrong()),
        }
    }

    /// Live calls go on as they were.
    pub fn reinstate(self, _reviewer: Reviewer) -> Result<Self, Refusal> {
        match self {
            Self::Suspended(rights, _) => Ok(Self::Approved(rights)),
            other => Err(other.wrong()),
        }
    }

    /// One permission is taken away for a while.
    pub fn suspend_permission(self, permission: Permission, by: Decider, at_ms: i64) -> Result<Self, Refusal> {
        self.with_permission(permission, |state| match state {
            PermissionState::Approved(_) => Ok(PermissionState::Suspended(Decision { by, at_ms })),
            _ => Err(Refusal::Permission),
        })
    }

    /// A permission that was taken away is given back.
    pub fn reinstate_permission(self, permission: Permission, reviewer: Reviewer, at_ms: i64) -> Result<Self, Refusal> {
        self.with_permission(permission, |state| match state {
            PermissionState::Suspended(_) => Ok(PermissionState::Approved(reviewer.decides(at_ms))),
            _ => Err(Refusal::Permission),
        })
    }

    /// The end. There is no way back.
    pub fn close(self, by: Decider, at_ms: i64) -> Result<Self, Refusal> {
        match self {
            Self::Closed(_) => Err(self.wrong()),
            _ => Ok(Self::Closed(Decision { by, at_ms })),
        }
    }

    const fn wrong(&self) -> Refusal {
        Refusal::State { status: self.queue_status() }
    }

    /// A refusal of the closure that is `None` says that the state is wrong.
    fn with_request(self, change: impl FnOnce(Request) -> Result<Request, Option<Refusal>>) -> Result<Self, Refusal> {
        let wrong = self.wrong();
        let changed = |request| change(request).map_err(|refusal| refusal.unwrap_or(wrong));
        match self {
            Self::Applying(request) => Ok(Self::Applying(changed(request)?)),
            Self::Approved(rights) => Ok(Self::Approved(Rights { request: changed(rights.request)?, ..rights })),
            Self::Suspended(..) | Self::Closed(_) => Err(wrong),
        }
    }

    fn with_permission(
        self,
        permission: Permission,
        change: impl FnOnce(PermissionState) -> Result<PermissionState, Refusal>,
    ) -> Result<Self, Refusal> {
        match self {
            Self::Approved(mut rights) => {
                let state = rights.permissions.get_mut(&permission).ok_or(Refusal::Permission)?;
                *state = change(*state)?;
                Ok(Self::Approved(rights))
            }
            other => Err(other.wrong()),
        }
    }
}

const fn of_request(status: RequestStatus) -> ApprovalStatus {
    match status {
        RequestStatus::Idle => ApprovalStatus::Draft,
        RequestStatus::Submitted => ApprovalStatus::Submitted,
        RequestStatus::InReview => ApprovalStatus::InReview,
        RequestStatus::ChangesRequested => ApprovalStatus::ChangesRequested,
        RequestStatus::Rejected => ApprovalStatus::Rejected,
    }
}
