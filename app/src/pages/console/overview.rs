//! The console's first page: what to do next, and what happened last.

use super::{
    application::payments_path,
    frame::MemberFrame,
    member_page::member_page,
    next_steps::{NextSteps, Progress},
    payment_table::PaymentTable,
};
use crate::{components::ButtonLink, functions::entry::CONSOLE_PATH, islands::LocalTimes, visit::texts};
use leptos::prelude::*;
use tallyport_domain::{Environment, payment::Payment};
use tallyport_service::{ApplicationRecord, Member, ServiceError, Services, payments::PaymentFilter};

/// Payments shown on this page.
const RECENT_ROWS: u32 = 5;
/// Applications that are searched for a first payment.
const APPLICATIONS_SEARCHED: u32 = 10;

#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    member_page(|services, member| async move {
        let recent = find_recent(&services, &member).await?;
        Ok(Some(page(member, recent)))
    })
}

/// The newest application, and the payments of the newest one that has any.
#[derive(Default)]
struct Recent {
    newest: Option<ApplicationRecord>,
    has_keys: bool,
    payments: Option<(ApplicationRecord, Vec<Payment>)>,
}

async fn find_recent(services: &Services, member: &Member) -> Result<Recent, ServiceError> {
    let applications = services.list_applications(member, None, APPLICATIONS_SEARCHED).await?;
    let applications: Vec<_> =
        applications.into_iter().filter(|application| application.closed_at_ms.is_none()).collect();
    let newest = applications.first().cloned();
    let has_keys = match &newest {
        Some(newest) => !services.list_credentials(member, newest.id, Environment::Sandbox).await?.is_empty(),
        None => false,
    };
    for application in applications {
        let (id, every) = (application.id, PaymentFilter::default());
        let payments =
            services.list_member_payments(member, id, Environment::Sandbox, &every, None, RECENT_ROWS).await?;
        if !payments.is_empty() {
            return Ok(Recent { newest, has_keys, payments: Some((application, payments)) });
        }
    }
    Ok(Recent { newest, has_keys, payments: None })
}

fn page(member: Member, recent: Recent) -> AnyView {
    let texts = &texts().console;
    let progress = Progress {
        email: member.email,
        newest_application: recent.newest.map(|application| application.id),
        has_keys: recent.has_keys,
        has_payment: recent.payments.is_some(),
    };
    view! {
        <MemberFrame title=texts.overview current=CONSOLE_PATH>
            <div class="page-head">
                <h1>{member.name}</h1>
            </div>
            <div class="console-sections">
                <NextSteps progress=progress />
                {recent.payments.map(recent_payments)}
            </div>
        </MemberFrame>
    }
    .into_any()
}

fn recent_payments((application, payments): (ApplicationRecord, Vec<Payment>)) -> impl IntoView {
    let texts = &texts().console;
    let caption = format!("{} · {}", texts.recent_payments, application.name);
    view! {
        <section class="stack-tight" aria-label=texts.recent_payments>
            <PaymentTable caption=caption payments=payments />
            <div class="row">
                <ButtonLink href=payments_path(application.id)>{texts.all_payments}</ButtonLink>
            </div>
            <LocalTimes />
        </section>
    }
}
