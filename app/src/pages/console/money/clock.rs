//! The clock of an application's sandbox: what it shows, and the forms that move it.

use super::paths::clock_path;
use crate::{
    components::{Badge, Breadcrumbs, Button, ButtonKind, Card, Crumb, KeyValue, KeyValues, Moment, PageHead, Tone},
    forms::{Form, FormFlash, Select},
    islands::LocalTimes,
    pages::console::{
        application::application_path,
        applications::APPLICATIONS_PATH,
        frame::MemberFrame,
        member_page::{id_in_path, member_page},
        notice,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{ids::AppId, sandbox_clock::SandboxClock, team::Power};
use tallyport_service::{ApplicationOfMember, sandbox_clock::ClockReading};

/// The form's name, under which a refused one is kept.
pub(crate) const CLOCK_FORM: &str = "clock";

/// How far the page moves a clock at once: the name in the form, and how long that is.
pub(crate) const STEPS_MS: [(&str, i64); 6] = [
    ("minute", 60_000),
    ("quarter", 15 * 60_000),
    ("hour", 3_600_000),
    ("day", 86_400_000),
    ("week", 7 * 86_400_000),
    ("month", 30 * 86_400_000),
];

/// A clock as the form carries it.
fn written(clock: SandboxClock) -> String {
    match clock {
        SandboxClock::Running { ahead_ms } => format!("running:{ahead_ms}"),
        SandboxClock::Frozen { at_ms } => format!("frozen:{at_ms}"),
    }
}

/// The clock that a form carries.
pub(crate) fn read(written: &str) -> Option<SandboxClock> {
    let (state, ms) = written.split_once(':')?;
    let ms = ms.parse().ok()?;
    match state {
        "running" => Some(SandboxClock::Running { ahead_ms: ms }),
        "frozen" => Some(SandboxClock::Frozen { at_ms: ms }),
        _ => None,
    }
}

#[component]
pub(crate) fn ClockPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(found) = services.find_application_of_member(&member, id).await? else { return Ok(None) };
        let Some(reading) = services.find_member_clock(&member, id).await? else { return Ok(None) };
        let flash = FormFlash::take(CLOCK_FORM).await;
        Ok(Some(page(&found, reading, flash, notice::take().await)))
    })
}

fn page(found: &ApplicationOfMember, reading: ClockReading, flash: FormFlash, notice: Option<AnyView>) -> AnyView {
    let own = &texts().clock;
    let application = found.application.clone();
    let id = application.id;
    let may = found.role.may(Power::Develop) && application.closed_at_ms.is_none();
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::here(own.title),
    ];
    let (tone, state) = if reading.clock.is_frozen() { (Tone::Caution, own.frozen) } else { (Tone::Good, own.running) };
    let facts = vec![
        KeyValue::new(own.shows, view! { <Moment at_ms=reading.now_ms /> }),
        KeyValue::new(texts().console.state, view! { <Badge tone=tone text=state /> }),
        KeyValue::new(own.platform, view! { <Moment at_ms=reading.platform_ms /> }),
    ];
    let form = may.then(|| view! { <ClockForm application=id clock=reading.clock flash=flash /> });
    view! {
        <MemberFrame title=own.title current=clock_path(id) application=Some(application)>
            <Breadcrumbs way=way />
            <PageHead title=own.title lead=own.lead />
            <div class="console-form">
                {notice} <Card title=own.title>
                    <KeyValues facts=facts />
                </Card> {form}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

#[component]
fn ClockForm(application: AppId, clock: SandboxClock, flash: FormFlash) -> impl IntoView {
    let own = &texts().clock;
    let steps = STEPS_MS.iter().zip(own.steps).map(|((name, _), text)| ((*name).to_owned(), text.to_owned())).collect();
    let (deed, text) = if clock.is_frozen() { ("run", own.run) } else { ("freeze", own.freeze) };
    view! {
        <Card title=own.move_it>
            <Form name=CLOCK_FORM action="/ui/move_sandbox_clock" flash=flash>
                <input type="hidden" name="application" value=application.to_string() />
                <input type="hidden" name="seen" value=written(clock) />
                <Select name="by" label=own.by options=steps value="hour" />
                <p class="soft small">{own.never_back}</p>
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary name="deed" value="advance">{own.advance}</Button>
                    <Button name="deed" value=deed>{text}</Button>
                </div>
            </Form>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::{read, written};
    use tallyport_domain::sandbox_clock::SandboxClock;

    #[test]
    fn a_form_carries_the_clock_that_was_seen() {
        for clock in [SandboxClock::Running { ahead_ms: -5 }, SandboxClock::Frozen { at_ms: 1_790_000_000_000 }] {
            assert_eq!(read(&written(clock)), Some(clock));
        }
        for nonsense in ["", "running", "running:", "running:soon", "stopped:1", "frozen:99999999999999999999"] {
            assert_eq!(read(nonsense), None);
        }
    }
}
