//! The plans: how often applications may call, and how many have each.

use super::{door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Button, ButtonKind, Card, Column, EmptyState, IconName, PageHead, Table},
    forms::{Field, Form, FormFlash},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::plan::{Plan, Rate};
use tallyport_service::plans::PlanInUse;

/// The form's name, under which a refused one is kept.
pub(crate) const MAKE_PLAN_FORM: &str = "make_plan";

#[component]
pub(crate) fn AdminPlansPage() -> impl IntoView {
    admin_page(|services, administrator| async move {
        let plans = services.list_plans(&administrator).await?;
        Ok(Some(page(plans, FormFlash::take(MAKE_PLAN_FORM).await)))
    })
}

fn page(plans: Vec<PlanInUse>, flash: FormFlash) -> AnyView {
    let own = &texts().admin_plans;
    let content = if plans.is_empty() { empty() } else { list(plans) };
    view! {
        <AdminFrame title=own.title current=paths::PLANS>
            <PageHead title=own.title lead=own.lead />
            <div class="console-sections">
                {content} <Card title=own.new_plan>
                    <div class="console-form">
                        <Form name=MAKE_PLAN_FORM action="/ui/make_plan" flash=flash>
                            <PlanFields plan=None />
                            <div class="form-actions">
                                <Button kind=ButtonKind::Primary>{own.make}</Button>
                            </div>
                        </Form>
                    </div>
                </Card>
            </div>
        </AdminFrame>
    }
    .into_any()
}

fn empty() -> AnyView {
    let own = &texts().admin_plans;
    view! {
        <EmptyState icon=IconName::Info title=own.none_title text=own.none_text>
            ""
        </EmptyState>
    }
    .into_any()
}

fn list(plans: Vec<PlanInUse>) -> AnyView {
    let own = &texts().admin_plans;
    let columns =
        vec![Column::text(own.name), Column::text(own.reads), Column::text(own.writes), Column::number(own.used_by)];
    let rows = plans.into_iter().map(row).collect();
    view! { <Table caption=own.title columns=columns rows=rows /> }.into_any()
}

fn row(PlanInUse { plan, applications }: PlanInUse) -> Vec<AnyView> {
    let href = paths::plan(plan.id);
    vec![
        view! { <a class="table-link" href=href>{plan.name}</a> }.into_any(),
        rate(plan.limits.reads).into_any(),
        rate(plan.limits.writes).into_any(),
        applications.to_string().into_any(),
    ]
}

fn rate(Rate { per_second, burst }: Rate) -> String {
    let text = texts().admin_plans.rate.replace("{per_second}", &per_second.to_string());
    text.replace("{burst}", &burst.to_string())
}

/// What is asked about a plan, with the answers of one that is there.
#[component]
pub(super) fn PlanFields(plan: Option<Plan>) -> impl IntoView {
    let own = &texts().admin_plans;
    let number = |of: fn(&Plan) -> u32| plan.as_ref().map(|plan| of(plan).to_string()).unwrap_or_default();
    let name = plan.as_ref().map(|plan| plan.name.clone()).unwrap_or_default();
    view! {
        <Field name="name" label=own.name value=name autocomplete="off" />
        <Field
            name="reads_per_second"
            label=own.reads_per_second
            value=number(|plan| plan.limits.reads.per_second)
            autocomplete="off"
        />
        <Field
            name="reads_burst"
            label=own.reads_burst
            hint=own.burst_hint()
            value=number(|plan| plan.limits.reads.burst)
            autocomplete="off"
        />
        <Field
            name="writes_per_second"
            label=own.writes_per_second
            value=number(|plan| plan.limits.writes.per_second)
            autocomplete="off"
        />
        <Field
            name="writes_burst"
            label=own.writes_burst
            hint=own.burst_hint()
            value=number(|plan| plan.limits.writes.burst)
            autocomplete="off"
        />
    }
}
