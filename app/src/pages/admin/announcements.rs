//! What everybody is told at the top of pages.

use super::{door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Badge, Button, ButtonKind, Card, Column, EmptyState, IconName, Moment, PageHead, Table, Tone},
    forms::{Choice, Field, FieldKind, Form, FormFlash, Select, TextArea},
    islands::LocalTimes,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::announcement::{Announcement, AnnouncementTone};

/// The form's name, under which a refused one is kept.
pub(crate) const ANNOUNCE_FORM: &str = "announce";

#[component]
pub(crate) fn AdminAnnouncementsPage() -> impl IntoView {
    admin_page(|services, administrator| async move {
        let announcements = services.list_announcements(&administrator).await?;
        let now_ms = services.clock().now_ms();
        Ok(Some(page(announcements, now_ms, FormFlash::take(ANNOUNCE_FORM).await)))
    })
}

fn page(announcements: Vec<Announcement>, now_ms: i64, flash: FormFlash) -> AnyView {
    let all = texts();
    let texts = &all.admin_platform;
    let content = if announcements.is_empty() { empty() } else { list(announcements, now_ms) };
    view! {
        <AdminFrame title=all.admin.announcements current=paths::ANNOUNCEMENTS>
            <PageHead title=all.admin.announcements lead=texts.announcements_lead />
            <div class="console-sections">
                {content}
                {form(flash)}
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn empty() -> AnyView {
    let texts = &texts().admin_platform;
    view! {
        <EmptyState
            icon=IconName::Info
            title=texts.no_announcements_title
            text=texts.no_announcements_text
        >
            ""
        </EmptyState>
    }
    .into_any()
}

fn list(announcements: Vec<Announcement>, now_ms: i64) -> AnyView {
    let all = texts();
    let texts = &all.admin_platform;
    let columns =
        [texts.text, texts.tone, texts.state, texts.from, texts.until, texts.decide].map(Column::text).to_vec();
    let rows = announcements.into_iter().map(|announcement| row(&announcement, now_ms)).collect();
    view! { <Table caption=all.admin.announcements columns=columns rows=rows /> }.into_any()
}

fn row(announcement: &Announcement, now_ms: i64) -> Vec<AnyView> {
    let texts = &texts().admin_platform;
    let draft = &announcement.draft;
    let text = announcement.text_in(visit().language).to_owned();
    let (tone, state) = if announcement.is_shown_at(now_ms) {
        (Tone::Good, texts.shown)
    } else if draft.from_ms > now_ms {
        (Tone::Note, texts.to_come)
    } else {
        (Tone::Plain, texts.over)
    };
    let (id, from_ms) = (announcement.id.to_string(), draft.from_ms);
    let until = match draft.until_ms {
        Some(until_ms) => view! { <Moment at_ms=until_ms /> }.into_any(),
        None => texts.no_end.into_any(),
    };
    let withdraw = view! {
        <form method="post" action="/ui/withdraw_announcement">
            <input type="hidden" name="announcement" value=id />
            <Button kind=ButtonKind::Small>{texts.withdraw}</Button>
        </form>
    };
    vec![
        view! { <span class="announcement-cell">{text}</span> }.into_any(),
        texts.tone_name(draft.tone).into_any(),
        view! { <Badge tone=tone text=state /> }.into_any(),
        view! { <Moment at_ms=from_ms /> }.into_any(),
        until,
        withdraw.into_any(),
    ]
}

fn form(flash: FormFlash) -> AnyView {
    let texts = &texts().admin_platform;
    let tones = AnnouncementTone::ALL.iter();
    let tones = tones.map(|tone| (tone.as_str().to_owned(), texts.tone_name(*tone).to_owned())).collect::<Vec<_>>();
    let from_hint = format!("{} {}", texts.time_hint, texts.now);
    let until_hint = format!("{} {}", texts.time_hint, texts.endless);
    view! {
        <Card title=texts.new_announcement>
            <div class="console-form">
                <Form name=ANNOUNCE_FORM action="/ui/announce" flash=flash>
                    <TextArea name="text_en" label=texts.text_en hint=texts.text_hint />
                    <TextArea name="text_zh" label=texts.text_zh hint=texts.text_hint />
                    <Select name="tone" label=texts.tone options=tones />
                    <Field
                        name="from"
                        label=texts.from
                        hint=from_hint
                        kind=FieldKind::Moment
                        optional=true
                    />
                    <Field
                        name="until"
                        label=texts.until
                        hint=until_hint
                        kind=FieldKind::Moment
                        optional=true
                    />
                    <Choice
                        name="on_landing"
                        value="yes"
                        label=texts.on_landing
                        hint=texts.on_landing_hint
                    />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{texts.announce}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
    .into_any()
}
