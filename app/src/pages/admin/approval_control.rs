//! What an administrator does with live rights that were given: stop them, give them back, end them.

use crate::{
    components::{Button, ButtonKind, Card},
    forms::{Field, Form, FormFlash, TextArea},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::{ApprovalStatus, Permission, PermissionStatus};
use tallyport_service::approval::ReviewView;

/// The form that stops an application.
pub(crate) const STOP_FORM: &str = "suspend_application";
/// The form that lets it go on.
pub(crate) const REINSTATE_FORM: &str = "reinstate_application";
/// The form that closes it.
pub(crate) const CLOSE_FORM: &str = "close_as_administrator";

/// What was kept of refused forms.
pub(super) struct Flashes {
    stop: FormFlash,
    reinstate: FormFlash,
    close: FormFlash,
}

impl Flashes {
    pub(super) async fn load() -> Self {
        Self {
            stop: FormFlash::take(STOP_FORM).await,
            reinstate: FormFlash::take(REINSTATE_FORM).await,
            close: FormFlash::take(CLOSE_FORM).await,
        }
    }
}

/// The forms of one application.
pub(super) struct Control<'a> {
    pub(super) review: &'a ReviewView,
    pub(super) flashes: Flashes,
}

impl Control<'_> {
    /// The button beside a permission, where there is something to stop or to give back.
    pub(super) fn permission(&self, permission: Permission) -> AnyView {
        let texts = texts();
        let is_approved = self.review.record.approval.status() == ApprovalStatus::Approved;
        let (action, button) = match self.review.record.approval.permission(permission) {
            PermissionStatus::Approved if is_approved => ("/ui/suspend_permission", texts.review.suspend_permission),
            PermissionStatus::Suspended if is_approved && !self.review.is_own => {
                ("/ui/reinstate_permission", texts.review.reinstate_permission)
            }
            _ => return ().into_any(),
        };
        let id = self.review.subject.id.to_string();
        let name = texts.approval.permission(permission).0;
        view! {
            <form method="post" action=action>
                <input type="hidden" name="application" value=id />
                <input type="hidden" name="permission" value=permission.as_str() />
                <Button kind=ButtonKind::Small>
                    {button} <span class="visually-hidden">" " {name}</span>
                </Button>
            </form>
        }
        .into_any()
    }

    /// Stopping, letting go on, closing: whatever fits the state.
    pub(super) fn forms(self) -> Option<AnyView> {
        let id = self.review.subject.id.to_string();
        let texts = &texts().review;
        let change = match self.review.record.approval.status() {
            ApprovalStatus::Closed => return None,
            ApprovalStatus::Approved => Some(stop(id.clone(), self.flashes.stop)),
            ApprovalStatus::Suspended if !self.review.is_own => Some(reinstate(id.clone(), self.flashes.reinstate)),
            _ => None,
        };
        let close = close(id, self.flashes.close);
        Some(
            view! {
                <Card title=texts.control>
                    <div class="decisions">{change} {close}</div>
                </Card>
            }
            .into_any(),
        )
    }
}

fn stop(id: String, flash: FormFlash) -> AnyView {
    let texts = &texts().review;
    view! {
        <Form name=STOP_FORM action="/ui/suspend_application" flash=flash>
            <input type="hidden" name="application" value=id />
            <p class="soft">{texts.suspend_text}</p>
            <TextArea name="reason" label=texts.reason hint=texts.reason_hint />
            <div class="form-actions">
                <Button kind=ButtonKind::Danger>{texts.suspend}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn reinstate(id: String, flash: FormFlash) -> AnyView {
    let texts = &texts().review;
    view! {
        <Form name=REINSTATE_FORM action="/ui/reinstate_application" flash=flash>
            <input type="hidden" name="application" value=id />
            <p class="soft">{texts.reinstate_text}</p>
            <TextArea name="reason" label=texts.reason hint=texts.reason_hint />
            <div class="form-actions">
                <Button>{texts.reinstate}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn close(id: String, flash: FormFlash) -> AnyView {
    let texts = &texts().review;
    view! {
        <Form name=CLOSE_FORM action="/ui/close_as_administrator" flash=flash>
            <input type="hidden" name="application" value=id />
            <p class="soft">{texts.close_text}</p>
            <TextArea name="reason" label=texts.reason hint=texts.reason_hint />
            <Field name="confirm" label=texts.confirm_name autocomplete="off" />
            <div class="form-actions">
                <Button kind=ButtonKind::Danger>{texts.close}</Button>
            </div>
        </Form>
    }
    .into_any()
}
