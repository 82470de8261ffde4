//! The timeline of an application's approval.

use super::fields::{field_names, permission_names};
use crate::{
    components::{Timeline, TimelineStep, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::{Decider, PermissionSet, Step};
use tallyport_service::approval::StepRecord;

/// Who reads the timeline.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The team; the names of administrators are not its business.
    Team,
    /// Administrators.
    Administrator,
}

/// The steps, newest first.
pub(crate) fn timeline(steps: &[StepRecord], reader: Reader) -> AnyView {
    if steps.is_empty() {
        return view! { <p class="soft">{texts().approval.no_steps}</p> }.into_any();
    }
    let steps = steps.iter().map(|record| step(record, reader)).collect();
    view! { <Timeline steps=steps /> }.into_any()
}

fn step(record: &StepRecord, reader: Reader) -> TimelineStep {
    let texts = &texts().approval;
    let taken = &record.taken;
    let title = match taken.version {
        Some(version) => format!("{} · {} {version}", texts.step(taken.step), texts.submission),
        None => texts.step(taken.step).to_owned(),
    };
    let who = match (taken.by, &record.name) {
        (Decider::Operator, _) => texts.operator,
        (Decider::Person(_), Some(name)) if record.is_of_team || reader == Reader::Administrator => name,
        (Decider::Person(_), _) => texts.reviewer,
    };
    let told = noted(taken.step, &taken.note);
    let by = format!("{}{who}", texts.by);
    let note = if told.is_empty() { by } else { format!("{by}\n{told}") };
    TimelineStep { title, note, at_ms: taken.at_ms, tone: tone(taken.step) }
}

/// What stands behind the step, in the reader's language where it is a list.
fn noted(step: Step, note: &str) -> String {
    match step {
        Step::Submitted | Step::Approved | Step::PermissionSuspended | Step::PermissionReinstated => {
            note.parse::<PermissionSet>().map_or_else(|_| note.to_owned(), |permissions| permission_names(&permissions))
        }
        Step::ChangesRequested => field_names(note),
        _ => note.to_owned(),
    }
}

const fn tone(step: Step) -> Tone {
    match step {
        Step::Submitted | Step::ReviewStarted | Step::ReviewTakenOver => Tone::Note,
        Step::Withdrawn | Step::Closed => Tone::Plain,
        Step::ChangesRequested => Tone::Caution,
        Step::Approved | Step::Reinstated | Step::PermissionReinstated => Tone::Good,
        Step::Rejected | Step::Suspended | Step::PermissionSuspended => Tone::Bad,
    }
}
