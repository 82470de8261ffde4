//! Where the pages of the administration are.

use tallyport_domain::channel::InstanceName;
use tallyport_domain::ids::{AppId, DeveloperId, PlanId};

/// The overview.
pub(crate) const OVERVIEW: &str = "/admin";
/// The queue of submissions.
pub(crate) const APPROVALS: &str = "/admin/approvals";
/// Everybody with an account.
pub(crate) const DEVELOPERS: &str = "/admin/developers";
/// Every application.
pub(crate) const APPLICATIONS: &str = "/admin/applications";
/// The books, the lane and what is unknown.
pub(crate) const MONEY: &str = "/admin/money";
/// The instances of the channels.
pub(crate) const CHANNELS: &str = "/admin/channels";
/// What may change while the platform runs.
pub(crate) const SETTINGS: &str = "/admin/settings";
/// What partners may call at the moment.
pub(crate) const OPERATIONS: &str = "/admin/operations";
/// How often applications may call.
pub(crate) const PLANS: &str = "/admin/plans";
/// What everybody is told.
pub(crate) const ANNOUNCEMENTS: &str = "/admin/announcements";
/// Who did what.
pub(crate) const AUDIT: &str = "/admin/audit";

/// The page of one person.
pub(crate) fn developer(id: DeveloperId) -> String {
    format!("{DEVELOPERS}/{id}")
}

/// The page of one plan.
pub(crate) fn plan(id: PlanId) -> String {
    format!("{PLANS}/{id}")
}

/// The review of one application.
pub(crate) fn approval(id: AppId) -> String {
    format!("{APPROVALS}/{id}")
}

/// The page of channels with the form of one instance.
pub(crate) fn channel_instance(name: &InstanceName) -> String {
    format!("{CHANNELS}?instance={name}")
}

/// The page of one application.
pub(crate) fn application(id: AppId) -> String {
    format!("{APPLICATIONS}/{id}")
}
