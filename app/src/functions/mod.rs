//! Server functions: what the portal's forms post to, under `/ui`.
//!
//! Each one reads a form, calls a service and sends the browser to a page. None returns data, so
//! they work the same before, after and without wasm. The CSRF layer of the server stands before all.

pub(crate) mod about;
mod account;
mod administration;
mod announcements;
mod applications;
mod approval;
pub(crate) mod entry;
mod icons;
mod invitations;
mod keys;
mod preferences;
mod public_keys;
mod reset;
mod review;
pub(crate) mod second_step;
mod sessions;
mod settings;
mod setup;
mod sign_in;
mod sign_out;
pub(crate) mod sign_up;
mod teams;
pub(crate) mod totp;
mod try_it;
mod verify;

pub use approval::{SubmissionFields, keep_upload_answer, submission_path};
pub use icons::{IconRefused, application_page, keep_icon_answer, sign_in_page};
pub(crate) use preferences::PREFERENCES_PATH;
pub(crate) use try_it::{CallForm, TRY_IT_ACTION};

/// Registers every server function by name, so that the list does not depend on linker sections.
pub fn register_functions() {
    use leptos::server_fn::axum::register_explicit;
    register_explicit::<preferences::Preferences>();
    register_explicit::<sign_up::SignUp>();
    register_explicit::<sign_in::SignIn>();
    register_explicit::<sign_out::SignOut>();
    register_explicit::<second_step::SecondStep>();
    register_explicit::<verify::Verify>();
    register_explicit::<verify::ConfirmEmail>();
    register_explicit::<reset::Forgot>();
    register_explicit::<reset::Reset>();
    register_explicit::<account::ChangeProfile>();
    register_explicit::<account::ChangeEmail>();
    register_explicit::<account::ChangePassword>();
    register_explicit::<account::CloseAccount>();
    register_explicit::<sessions::EndSession>();
    register_explicit::<sessions::EndOtherSessions>();
    register_explicit::<totp::StartTotp>();
    register_explicit::<totp::ConfirmTotp>();
    register_explicit::<totp::StopTotp>();
    register_explicit::<totp::ReplaceRecoveryCodes>();
    register_explicit::<setup::Setup>();
    register_explicit::<applications::MakeApplication>();
    register_explicit::<applications::RenameApplication>();
    register_explicit::<applications::SetRedirectUris>();
    register_explicit::<applications::SetNetworks>();
    register_explicit::<applications::CloseOwnApplication>();
    register_explicit::<icons::RemoveIcon>();
    register_explicit::<keys::ShowMyKeys>();
    register_explicit::<keys::MakeCredential>();
    register_explicit::<keys::RotateCredential>();
    register_explicit::<keys::ChangeCredential>();
    register_explicit::<keys::RevokeCredential>();
    register_explicit::<public_keys::AddPublicKey>();
    register_explicit::<public_keys::ChangePublicKey>();
    register_explicit::<public_keys::EndPublicKey>();
    register_explicit::<teams::MakeTeam>();
    register_explicit::<teams::RenameTeam>();
    register_explicit::<teams::ChangeMemberRole>();
    register_explicit::<teams::RemoveMember>();
    register_explicit::<teams::LeaveTeam>();
    register_explicit::<invitations::InviteMember>();
    register_explicit::<invitations::ResendInvitation>();
    register_explicit::<invitations::WithdrawInvitation>();
    register_explicit::<invitations::AcceptInvitation>();
    register_explicit::<try_it::TryIt>();
    register_explicit::<administration::SuspendPerson>();
    register_explicit::<administration::UnsuspendPerson>();
    register_explicit::<administration::EndSessionsOfPerson>();
    register_explicit::<administration::ResendVerificationAs>();
    register_explicit::<administration::MakeAdministrator>();
    register_explicit::<administration::RemoveAdministrator>();
    register_explicit::<administration::InviteToSignUp>();
    register_explicit::<settings::ChangeSettings>();
    register_explicit::<announcements::Announce>();
    register_explicit::<announcements::WithdrawAnnouncement>();
    register_explicit::<announcements::DismissAnnouncement>();
    register_explicit::<approval::SaveSubmission>();
    register_explicit::<approval::WithdrawSubmission>();
    register_explicit::<review::StartReview>();
    register_explicit::<review::TakeOverReview>();
    register_explicit::<review::DecideApproval>();
    register_explicit::<review::SuspendApplication>();
    register_explicit::<review::ReinstateApplication>();
    register_explicit::<review::CloseAsAdministrator>();
    register_explicit::<review::SuspendPermission>();
    register_explicit::<review::ReinstatePermission>();
}
