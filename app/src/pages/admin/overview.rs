//! The administration's first page: how much of everything there is, and what happened last.

use super::{audit_table::AuditTable, door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Banner, ButtonLink, Stat, Tone},
    i18n::number::grouped,
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::{
    admin::Overview,
    audit::{AuditEntry, AuditSearch, ChainState},
};

/// Entries of the audit log shown on this page.
const RECENT_ROWS: u32 = 8;

#[component]
pub(crate) fn AdminOverviewPage() -> impl IntoView {
    admin_page(|services, administrator| async move {
        let overview = services.admin_overview(&administrator).await?;
        // A log that cannot be read is shown as broken, not as an error.
        let recent = match overview.audit {
            ChainState::Whole { .. } => {
                services.search_audit_log(&administrator, &AuditSearch::default(), None, RECENT_ROWS).await?
            }
            ChainState::Broken { .. } => Vec::new(),
        };
        Ok(Some(page(&overview, recent)))
    })
}

fn page(overview: &Overview, recent: Vec<AuditEntry>) -> AnyView {
    let texts = &texts().admin;
    let (broken, tiles) = (broken(overview.audit), tiles(overview));
    view! {
        <AdminFrame title=texts.overview current=paths::OVERVIEW>
            <div class="page-head">
                <h1>{texts.overview}</h1>
            </div>
            <div class="console-sections">
                {broken}
                {tiles}
                <section class="stack-tight" aria-label=texts.recent_entries>
                    <AuditTable caption=texts.recent_entries entries=recent />
                    <div class="row">
                        <ButtonLink href=paths::AUDIT>{texts.all_entries}</ButtonLink>
                    </div>
                </section>
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn broken(audit: ChainState) -> Option<AnyView> {
    let texts = &texts().admin;
    let ChainState::Broken { sequence } = audit else { return None };
    let banner = view! {
        <Banner tone=Tone::Bad title=texts.audit_broken>
            <p>{texts.audit_broken_text} <strong>{sequence}</strong></p>
        </Banner>
    };
    Some(banner.into_any())
}

fn tiles(overview: &Overview) -> impl IntoView + use<> {
    let texts = &texts().admin;
    let (figures, payments) = (overview.figures, overview.payments_today);
    let (audit, note) = match overview.audit {
        ChainState::Whole { entries, .. } => (texts.audit_whole, texts.entries(entries)),
        ChainState::Broken { sequence } => (texts.audit_broken, sequence.to_string()),
    };
    view! {
        <div class="tiles">
            <Stat
                name=texts.developers
                value=grouped(figures.developers)
                note=format!("{} {}", grouped(figures.suspended), texts.suspended)
                href=paths::DEVELOPERS
            />
            <Stat name=texts.applications value=grouped(figures.applications) href=paths::APPLICATIONS />
            <Stat name=texts.approvals_waiting value=grouped(overview.approvals_waiting) href=paths::APPROVALS />
            <Stat
                name=texts.payments_today
                value=grouped(payments.sandbox + payments.live)
                note=format!("{} {}", grouped(payments.live), texts.live)
            />
            <Stat
                name=texts.mails_waiting
                value=grouped(figures.mails_waiting)
                note=format!("{} {}", grouped(figures.mails_failed), texts.mails_failed)
            />
            <Stat name=texts.audit_log value=audit note=note href=paths::AUDIT />
        </div>
    }
    .into_any()
}
