//! Everybody with an account.

use super::{
    door::admin_page,
    frame::AdminFrame,
    list_query::{FilterForm, ListQuery, PAGE_ROWS, choice_field, pager, search_field},
    paths,
};
use crate::{
    components::{Badge, Banner, Button, Card, Column, EmptyState, IconName, Moment, Table, Tone},
    forms::{Field, FieldKind, Form, FormFlash},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Role,
    administration::{AccountState, ListOrder},
    settings::SignUpPolicy,
};
use tallyport_service::admin::{ListPage, PeopleFilter, PersonRecord};

/// The form that invites somebody, under which a refused one is kept.
pub(crate) const INVITE_FORM: &str = "invite";
/// What the form's flash says when the invitation left.
pub(crate) const INVITED: &str = "invited";

#[component]
pub(crate) fn AdminDevelopersPage() -> impl IntoView {
    let query = ListQuery::current(paths::DEVELOPERS, &["q", "role", "state", "order"]);
    admin_page(|services, administrator| async move {
        let filter = PeopleFilter {
            search: query.text("q").to_owned(),
            role: query.parsed("role"),
            state: query.parsed("state"),
        };
        let order = query.parsed("order").unwrap_or(ListOrder::Newest);
        let found = services.list_people(&administrator, &filter, order, query.offset(), PAGE_ROWS).await?;
        let policy = services.sign_up_policy().await?;
        Ok(Some(page(query, found, policy, FormFlash::take(INVITE_FORM).await)))
    })
}

fn page(query: ListQuery, found: ListPage<PersonRecord>, policy: SignUpPolicy, flash: FormFlash) -> AnyView {
    let texts = texts();
    let content = if found.rows.is_empty() { nothing(IconName::User) } else { list(&query, found) };
    let title = texts.admin.developers;
    // Whoever is invited may come in although not everybody may; where everybody may, or nobody, an
    // invitation means nothing.
    let invitation = (policy == SignUpPolicy::Invitation).then(|| invitation(flash));
    view! {
        <AdminFrame title=title current=paths::DEVELOPERS>
            <div class="page-head">
                <h1>{title}</h1>
            </div>
            <div class="console-sections">
                {filter(&query)}
                {content}
                {invitation}
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn filter(query: &ListQuery) -> AnyView {
    let texts = &texts().admin_lists;
    let all = ("", texts.all);
    let roles = Role::ALL.iter().map(|role| (role.as_str(), texts.role_name(*role)));
    let states = AccountState::ALL.iter().map(|state| (state.as_str(), texts.state_name(*state)));
    let orders = ListOrder::ALL.iter().map(|order| (order.as_str(), texts.order_name(*order)));
    let fields = vec![
        search_field(query, "q", texts.person_search),
        choice_field(query, "role", texts.role, std::iter::once(all).chain(roles).collect()),
        choice_field(query, "state", texts.state, std::iter::once(all).chain(states).collect()),
        choice_field(query, "order", texts.order, orders.collect()),
    ];
    view! { <FilterForm query=query.clone()>{fields}</FilterForm> }.into_any()
}

/// Of what the icon stands for, nothing was found.
pub(super) fn nothing(icon: IconName) -> AnyView {
    let texts = &texts().admin_lists;
    view! {
        <EmptyState icon=icon title=texts.nothing_title text=texts.nothing_text>
            ""
        </EmptyState>
    }
    .into_any()
}

fn list(query: &ListQuery, found: ListPage<PersonRecord>) -> AnyView {
    let texts = texts();
    let lists = &texts.admin_lists;
    let columns = [lists.name, lists.email, lists.role, lists.state, lists.created].map(Column::text).to_vec();
    let rows = found.rows.into_iter().map(row).collect();
    view! {
        <div class="stack-tight">
            <Table caption=texts.admin.developers columns=columns rows=rows />
            {pager(query, found.total)}
        </div>
    }
    .into_any()
}

fn row(person: PersonRecord) -> Vec<AnyView> {
    let texts = &texts().admin_lists;
    let (href, at_ms) = (paths::developer(person.id), person.created_at_ms);
    let state = person.state();
    vec![
        view! { <a class="table-link" href=href>{person.name}</a> }.into_any(),
        view! { <span class="table-text">{person.email}</span> }.into_any(),
        texts.role_name(person.role).into_any(),
        state_badge(state),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}

pub(super) fn state_badge(state: AccountState) -> AnyView {
    let tone = match state {
        AccountState::Active => Tone::Good,
        AccountState::Unverified => Tone::Caution,
        AccountState::Suspended => Tone::Bad,
        AccountState::Closed => Tone::Plain,
    };
    view! { <Badge tone=tone text=texts().admin_lists.state_name(state) /> }.into_any()
}

fn invitation(flash: FormFlash) -> AnyView {
    let texts = &texts().admin_person;
    let sent = flash.value(INVITED).map(|email| {
        let text = email.to_owned();
        view! {
            <Banner tone=Tone::Good title=texts.invited>
                <p>{text}</p>
            </Banner>
        }
    });
    view! {
        <Card title=texts.invite_title>
            <div class="console-form">
                {sent} <p class="soft">{texts.invite_text}</p>
                <Form name=INVITE_FORM action="/ui/invite_to_sign_up" flash=flash>
                    <Field name="email" label=texts.invite_email kind=FieldKind::Email autocomplete="off" />
                    <div class="form-actions">
                        <Button>{texts.invite}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
    .into_any()
}
