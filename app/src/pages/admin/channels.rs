//! The instances of the channels: how they do, and what is wanted of them.

use super::{door::admin_page, frame::AdminFrame, list_query::ListQuery, paths};
use crate::{
    components::{Badge, Button, ButtonKind, Card, Column, PageHead, Table, Tone},
    forms::{Field, Form, FormFlash, Select},
    i18n::admin_channels::AdminChannelsTexts,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    channel::{ChannelInstance, Drill, InstanceName},
    routing::Breaker,
};
use tallyport_service::channels::InstanceAsSeen;

/// The form's name, under which a refused one is kept.
pub(crate) const CHANGE_INSTANCE_FORM: &str = "change_instance";
/// What an instance that takes new payments is in the form.
pub(crate) const ENABLED: &str = "enabled";
/// What one that takes none is.
pub(crate) const DISABLED: &str = "disabled";

const INSTANCE: &str = "instance";

#[component]
pub(crate) fn AdminChannelsPage() -> impl IntoView {
    let chosen: Option<InstanceName> = ListQuery::current(paths::CHANNELS, &[INSTANCE]).parsed(INSTANCE);
    admin_page(|services, administrator| async move {
        let instances = services.channel_instances(&administrator).await?;
        let flash = FormFlash::take(CHANGE_INSTANCE_FORM).await;
        Ok(Some(page(&instances, chosen.as_ref(), flash)))
    })
}

fn page(instances: &[InstanceAsSeen], chosen: Option<&InstanceName>, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_channels;
    let columns = vec![
        Column::text(texts.instance),
        Column::text(texts.channel),
        Column::number(texts.weight),
        Column::text(texts.new_work),
        Column::text(texts.drill),
        Column::number(texts.calls),
        Column::text(texts.state),
    ];
    let rows = instances.iter().map(row).collect();
    let chosen = instances.iter().map(|seen| &seen.instance).find(|instance| Some(&instance.name) == chosen);
    let form = chosen.map(|instance| form(instance, flash));
    view! {
        <AdminFrame title=texts.title current=paths::CHANNELS>
            <PageHead title=texts.title lead=texts.lead />
            <div class="console-sections">
                {form}
                <Table caption=texts.title columns=columns rows=rows />
            </div>
        </AdminFrame>
    }
    .into_any()
}

fn row(seen: &InstanceAsSeen) -> Vec<AnyView> {
    let texts = &texts().admin_channels;
    let instance = &seen.instance;
    let (tone, new_work) =
        if instance.is_enabled { (Tone::Good, texts.takes) } else { (Tone::Caution, texts.takes_none) };
    let (state_tone, state) = match seen.breaker {
        Breaker::Closed { .. } => (Tone::Good, texts.answers),
        Breaker::Open { .. } => (Tone::Bad, texts.left_alone),
        Breaker::Probing { .. } => (Tone::Note, texts.being_tried),
    };
    let href = paths::channel_instance(&instance.name);
    vec![
        view! {
            <a class="table-link" href=href>
                <code>{instance.name.to_string()}</code>
            </a>
        }
        .into_any(),
        view! { <code>{instance.channel.as_str()}</code> }.into_any(),
        instance.weight.get().to_string().into_any(),
        view! { <Badge tone=tone text=new_work /> }.into_any(),
        drill_name(texts, instance.drill).into_any(),
        seen.in_flight.to_string().into_any(),
        view! { <Badge tone=state_tone text=state /> }.into_any(),
    ]
}

const fn drill_name(texts: &AdminChannelsTexts, drill: Option<Drill>) -> &'static str {
    match drill {
        None => texts.no_drill,
        Some(Drill::Unreachable) => texts.unreachable,
        Some(Drill::Silent) => texts.silent,
    }
}

fn form(instance: &ChannelInstance, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_channels;
    let option = |value: &str, text: &str| (value.to_owned(), text.to_owned());
    let new_work = vec![option(ENABLED, texts.takes), option(DISABLED, texts.takes_none)];
    let drills = [None].into_iter().chain(Drill::ALL.iter().copied().map(Some));
    let drills: Vec<_> =
        drills.map(|drill| option(drill.map_or("", Drill::as_str), drill_name(texts, drill))).collect();
    let title = format!("{}: {}", texts.change_title, instance.name);
    let (name, weight) = (instance.name.to_string(), instance.weight.get().to_string());
    let new_work_now = if instance.is_enabled { ENABLED } else { DISABLED };
    let drill_now = instance.drill.map_or("", Drill::as_str);
    view! {
        <Card title=title>
            <div class="console-form">
                <Form name=CHANGE_INSTANCE_FORM action="/ui/change_channel_instance" flash=flash>
                    <input type="hidden" name="instance" value=name />
                    <Field
                        name="weight"
                        label=texts.weight
                        hint=texts.weight_hint
                        value=weight
                    />
                    <Select
                        name="new_work"
                        label=texts.new_work
                        options=new_work
                        value=new_work_now
                    />
                    <Select
                        name="drill"
                        label=texts.drill
                        hint=texts.drill_hint
                        options=drills
                        value=drill_now
                    />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{texts.save}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
    .into_any()
}
