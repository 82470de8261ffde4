//! The two people of the sandbox who can consent to an application.

use super::{
    application::application_path,
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    member_page::{id_in_path, member_page},
};
use crate::{
    components::{Breadcrumbs, Card, CopyableId, Crumb, KeyValue, KeyValues},
    pages::holder::HOLDER_SIGN_IN_PATH,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;
use tallyport_service::{ApplicationRecord, holders::TestHolder, teams::AccessRefusal};

/// The page's address.
pub(super) fn test_holders_path(id: AppId) -> String {
    format!("{}/test-holders", application_path(id))
}

#[component]
pub(crate) fn TestHoldersPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        match services.list_test_holders(&member, id).await {
            Ok(holders) => Ok(Some(page(application, &holders))),
            Err(AccessRefusal::Service(error)) => Err(error.into()),
            Err(AccessRefusal::Unknown | AccessRefusal::Role | AccessRefusal::Closed) => Ok(None),
        }
    })
}

fn page(application: ApplicationRecord, holders: &[TestHolder]) -> AnyView {
    let texts = texts();
    let path = application_path(application.id);
    let way = vec![
        Crumb::link(texts.console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), path.clone()),
        Crumb::here(texts.holder.test_title),
    ];
    let at = format!("{}{HOLDER_SIGN_IN_PATH}", visit().public_url);
    let cards = holders.iter().map(card).collect_view();
    view! {
        <MemberFrame title=texts.holder.test_title current=path application=Some(application)>
            <Breadcrumbs way=way />
            <div class="page-head">
                <div class="stack-tight">
                    <h1>{texts.holder.test_title}</h1>
                    <p class="lead">{texts.holder.test_lead}</p>
                    <p>
                        {texts.holder.test_where} " "
                        <a href=HOLDER_SIGN_IN_PATH>{at}</a>
                    </p>
                </div>
            </div>
            <div class="console-sections">{cards}</div>
        </MemberFrame>
    }
    .into_any()
}

fn card(holder: &TestHolder) -> AnyView {
    let texts = texts();
    let title = if holder.role == "buyer" { texts.holder.test_buyer } else { texts.holder.test_seller };
    let facts = vec![
        KeyValue::new(texts.account.name, holder.name.clone()),
        KeyValue::new(texts.console.id, view! { <CopyableId id=holder.id.to_string() /> }),
        KeyValue::new(texts.account.email, view! { <CopyableId id=holder.email.clone() /> }),
        KeyValue::new(texts.account.password, view! { <CopyableId id=holder.password.clone() /> }),
    ];
    view! {
        <Card title=title>
            <KeyValues facts=facts />
        </Card>
    }
    .into_any()
}
