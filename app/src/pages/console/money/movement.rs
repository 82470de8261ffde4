//! One refund, transfer, top-up or withdrawal: where it stands, how it got there, what it booked.

use super::{
    movement_status::MovementBadge,
    paths::{movements_path, object_path},
    postings::postings,
    timeline::{event_list, timeline},
    world::in_world,
};
use crate::{
    components::{Breadcrumbs, Card, CopyableId, Crumb, KeyValue, KeyValues, Moment},
    islands::LocalTimes,
    pages::console::{
        application::application_path,
        applications::APPLICATIONS_PATH,
        frame::MemberFrame,
        member_page::{id_in_path, member_page},
        money_text::money_text,
        notice,
        payment_facts::{failure_view, next_check},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    ids::ObjectId,
    movement::{Movement, MovementKind, MovementState},
};
use tallyport_service::{ApplicationRecord, EntryRecord, Member, ServiceError, Services, console::ObjectEvent};

/// Everything that the page shows.
struct Shown {
    application: ApplicationRecord,
    movement: Movement,
    events: Vec<ObjectEvent>,
    entries: Vec<EntryRecord>,
    notice: Option<AnyView>,
}

#[component]
pub(crate) fn MovementPage() -> impl IntoView {
    let id = id_in_path::<ObjectId>("movement");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        Ok(load(&services, &member, id).await?.map(page))
    })
}

async fn load(services: &Services, member: &Member, id: ObjectId) -> Result<Option<Shown>, ServiceError> {
    let Some(movement) = services.find_member_movement(member, id).await? else { return Ok(None) };
    let Some(application) = services.find_application(member, movement.application_id).await? else { return Ok(None) };
    Ok(Some(Shown {
        application,
        movement,
        events: services.list_member_events(member, id).await?,
        entries: services.member_entries(member, id).await?.unwrap_or_default(),
        notice: notice::take().await,
    }))
}

fn page(shown: Shown) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    let Shown { application, movement, events, entries, notice } = shown;
    let (id, kind, environment) = (application.id, movement.kind.name(), movement.environment);
    let title = format!("{} · {}", own.movement(kind), money_text(movement.amount));
    let way = vec![
        Crumb::link(console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::link(own.movements(kind), in_world(&movements_path(id, kind), environment)),
        Crumb::here(movement.id.to_string()),
    ];
    let facts = facts(&movement, &application);
    let (steps, list) = (timeline(&events), event_list(&events));
    let status = movement.state.status();
    view! {
        <MemberFrame
            title=title.clone()
            current=movements_path(id, kind)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <div class="row">
                    <h1>{title}</h1>
                    <MovementBadge status=status />
                </div>
            </div>
            <div class="console-sections">
                {notice} <div class="payment-sections">
                    <Card title=console.details>
                        <KeyValues facts=facts />
                    </Card>
                    <Card title=console.timeline>{steps}</Card>
                </div> <section class="stack-tight" aria-label=texts().try_it.postings>
                    {postings(id, &entries)}
                </section> {list}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn facts(movement: &Movement, application: &ApplicationRecord) -> Vec<KeyValue> {
    let (own, console) = (&texts().money, &texts().console);
    let (created, changed) = (movement.created_at_ms, movement.updated_at_ms);
    let mut facts = vec![
        KeyValue::new(console.id, view! { <CopyableId id=movement.id.to_string() /> }),
        KeyValue::new(console.amount, money_text(movement.amount)),
    ];
    match movement.kind {
        MovementKind::Refund { payment, channel, .. } => {
            let (href, id) = (object_path(ObjectId::Payment(payment)), payment.to_string());
            facts.push(KeyValue::new(own.payment, view! { <a class="long-text" href=href>{id}</a> }));
            facts.push(KeyValue::new(own.channel, view! { <code>{channel.as_str()}</code> }));
            if let Some(holder) = movement.kind.holder() {
                facts.push(KeyValue::new(own.otherwise_to, view! { <CopyableId id=holder.to_string() /> }));
            }
        }
        MovementKind::Transfer { from, to } => {
            facts.push(KeyValue::new(own.from_account, view! { <CopyableId id=from.to_string() /> }));
            facts.push(KeyValue::new(own.to_account, view! { <CopyableId id=to.to_string() /> }));
        }
        MovementKind::TopUp { channel } | MovementKind::Withdrawal { channel } => {
            facts.push(KeyValue::new(own.channel, view! { <code>{channel.as_str()}</code> }));
        }
    }
    match movement.state {
        MovementState::Failed { failure } => facts.push(KeyValue::new(console.failure, failure_view(failure))),
        MovementState::Unknown { checks, next_check_at_ms } => {
            facts.push(KeyValue::new(own.next_check, next_check(next_check_at_ms, checks)));
        }
        MovementState::Processing | MovementState::Succeeded => {}
    }
    if let Some(description) = &movement.description {
        facts.push(KeyValue::new(console.description, description.as_str().to_owned()));
    }
    let (href, name) = (application_path(application.id), application.name.clone());
    facts.push(KeyValue::new(console.application, view! { <a href=href>{name}</a> }));
    facts.push(KeyValue::new(console.created, view! { <Moment at_ms=created /> }));
    facts.push(KeyValue::new(console.changed, view! { <Moment at_ms=changed /> }));
    facts
}
