//! What an account holder gave, with the way to take it back.

use super::{HOLDER_PATH, SignInBecause, holder_sign_in_path, question};
use crate::{
    components::{Banner, Button, ButtonKind, ButtonLink, Card, EmptyState, IconName, KeyValue, KeyValues, Tone},
    functions::entry::services,
    holder_visit::holder_visit,
    layout::HolderFrame,
    pages::loaded::{elsewhere, keep_no_copy, loaded},
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_service::authorization::GrantView;

/// How many grants a page shows.
const SHOWN: u32 = 20;

#[component]
pub(crate) fn HolderGrantsPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    keep_no_copy();
    let Some(holder) = holder_visit().signed_in else {
        return elsewhere(&holder_sign_in_path(&visit().path, SignInBecause::Nobody));
    };
    let after = query.get("after").and_then(|id| id.parse().ok());
    let was_withdrawn = query.get("notice").as_deref() == Some("withdrawn");
    loaded(async move {
        let grants = services()?.list_grants(&holder, after, SHOWN).await?;
        Ok(page(&grants, was_withdrawn))
    })
}

fn page(grants: &[GrantView], was_withdrawn: bool) -> AnyView {
    let texts = &texts().holder;
    let notice = was_withdrawn.then(|| view! { <Banner tone=Tone::Good title=texts.withdrawn>""</Banner> });
    let more = grants.last().filter(|_| grants.len() == SHOWN as usize).map(|last| {
        let href = format!("{HOLDER_PATH}?after={}", last.grant.id);
        view! { <ButtonLink href=href>{texts.more}</ButtonLink> }
    });
    let list = if grants.is_empty() {
        view! {
            <EmptyState icon=IconName::Shield title=texts.grants_empty_title text=texts.grants_empty_text>
                ""
            </EmptyState>
        }
        .into_any()
    } else {
        grants.iter().map(card).collect_view().into_any()
    };
    view! {
        <HolderFrame title=texts.grants_title>
            {notice}
            <div class="stack-tight">
                <h1>{texts.grants_title}</h1>
                <p class="lead">{texts.grants_lead}</p>
            </div>
            {list}
            {more}
        </HolderFrame>
    }
    .into_any()
}

fn card(one: &GrantView) -> AnyView {
    let texts = &texts().holder;
    let lines = question::payments(&one.payments)
        .into_iter()
        .chain(question::allowed(one.grant.scopes).into_iter().map(str::to_owned))
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    let facts = vec![
        KeyValue::new(texts.given_at, question::day(one.grant.created_at_ms)),
        KeyValue::new(texts.until_title, question::day(one.grant.expires_at_ms)),
    ];
    let (title, id) = (one.application_name.clone(), one.grant.id.to_string());
    view! {
        <Card title=title>
            <div class="consent-grant">
                <ul class="consent-list">{lines}</ul>
                <KeyValues facts=facts />
                <form method="post" action="/ui/withdraw_grant">
                    <input type="hidden" name="grant" value=id />
                    <Button kind=ButtonKind::Danger>{texts.withdraw}</Button>
                </form>
            </div>
        </Card>
    }
    .into_any()
}
