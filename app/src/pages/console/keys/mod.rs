//! The keys of an application: one page per environment, one per key.

mod credential_page;
mod credential_table;
mod key_facts;
mod live_gate;
mod new_key_form;
mod new_public_key;
mod public_key_page;
mod public_key_table;

use super::{
    application::application_path,
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    fresh_secret::{self, FreshSecret, FreshSecretCard},
    member_page::{id_in_path, member_page},
    notice,
};
use crate::{
    components::{Breadcrumbs, Crumb, PageTab, PageTabs},
    fault::Fault,
    forms::FormFlash,
    islands::LocalTimes,
    visit::texts,
};
pub(crate) use credential_page::CredentialPage;
use credential_table::CredentialTable;
use leptos::prelude::*;
use live_gate::LiveGate;
pub(super) use new_key_form::ShowMyKeys;
use new_key_form::{FirstKey, NewKeyForm};
pub(crate) use new_public_key::NewPublicKeyPage;
pub(crate) use public_key_page::PublicKeyPage;
use public_key_table::PublicKeyTable;
use tallyport_domain::{
    Environment, TeamRole,
    ids::{ApiKey, AppId, PublicKeyId},
};
use tallyport_service::{
    ApplicationRecord, ListedCredential, Member, PublicKeyOfApplication, Services, credentials::power_over,
};

/// The form of a new credential.
pub(crate) const NEW_KEY_FORM: &str = "new_key";
/// The form of a new public key.
pub(crate) const NEW_PUBLIC_KEY_FORM: &str = "new_public_key";
/// The form that changes a key of either sort.
pub(crate) const CHANGE_KEY_FORM: &str = "change_key";

/// The address of an application's keys in one environment.
pub(crate) fn keys_path(id: AppId, environment: Environment) -> String {
    match environment {
        Environment::Sandbox => format!("{}/keys", application_path(id)),
        Environment::Live => format!("{}/keys/live", application_path(id)),
    }
}

/// The address of one credential.
pub(crate) fn credential_path(id: AppId, api_key: ApiKey) -> String {
    format!("{}/credentials/{api_key}", application_path(id))
}

/// The address of one public key.
pub(crate) fn public_key_path(id: AppId, key: PublicKeyId) -> String {
    format!("{}/public-keys/{key}", application_path(id))
}

/// The address of the page that adds a public key.
pub(crate) fn new_public_key_path(id: AppId, environment: Environment) -> String {
    format!("{}/public-keys/new/{environment}", application_path(id))
}

/// Everything that the page shows.
struct Shown {
    application: ApplicationRecord,
    role: TeamRole,
    environment: Environment,
    fresh: Option<FreshSecret>,
    /// Whether keys may be made in this environment.
    is_open: bool,
    credentials: Vec<ListedCredential>,
    public_keys: Vec<PublicKeyOfApplication>,
    new_key: FormFlash,
    notice: Option<AnyView>,
    now_ms: i64,
}

#[component]
pub(crate) fn SandboxKeysPage() -> impl IntoView {
    keys_page(Environment::Sandbox)
}

#[component]
pub(crate) fn LiveKeysPage() -> impl IntoView {
    keys_page(Environment::Live)
}

fn keys_page(environment: Environment) -> AnyView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        Ok(load(&services, &member, id, environment).await?.map(page))
    })
}

async fn load(
    services: &Services,
    member: &Member,
    id: AppId,
    environment: Environment,
) -> Result<Option<Shown>, Fault> {
    let Some(found) = services.find_application_of_member(member, id).await? else { return Ok(None) };
    Ok(Some(Shown {
        application: found.application,
        role: found.role,
        environment,
        fresh: fresh_secret::take(services, id).await?,
        is_open: environment == Environment::Sandbox || services.recent_standing(id).await?.is_open(),
        credentials: services.list_credentials(member, id, environment).await?,
        public_keys: services.list_public_keys(member, id, environment).await?,
        new_key: FormFlash::take(NEW_KEY_FORM).await,
        notice: notice::take().await,
        now_ms: services.clock().now_ms(),
    }))
}

fn page(shown: Shown) -> AnyView {
    let own = &texts().keys;
    let application = shown.application.clone();
    let id = application.id;
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::here(own.title),
    ];
    let environment = shown.environment;
    let tab = |of: Environment, text: &'static str| PageTab {
        text: text.to_owned(),
        href: keys_path(id, of),
        current: of == environment,
    };
    let tabs = vec![tab(Environment::Sandbox, own.sandbox), tab(Environment::Live, own.live)];
    let (notice, fresh, content) = content(shown);
    view! {
        <MemberFrame
            title=own.title
            current=keys_path(id, Environment::Sandbox)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{own.title}</h1>
            </div>
            <PageTabs label=own.tabs tabs=tabs />
            <div class="console-sections">{notice} {fresh} {content}</div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn content(shown: Shown) -> (Option<AnyView>, Option<AnyView>, AnyView) {
    let id = shown.application.id;
    let environment = shown.environment;
    let may_make = shown.is_open && shown.application.closed_at_ms.is_none() && shown.role.may(power_over(environment));
    let fresh = shown.fresh.map(|fresh| view! { <FreshSecretCard fresh=fresh /> }.into_any());
    let has_any = !shown.credentials.is_empty();
    let secrets = if has_any {
        let table = view! { <CredentialTable id=id credentials=shown.credentials now_ms=shown.now_ms /> };
        let form = may_make.then(|| view! { <NewKeyForm id=id environment=environment flash=shown.new_key /> });
        view! {
            {table}
            {form}
        }
        .into_any()
    } else if !shown.is_open {
        view! { <LiveGate id=id /> }.into_any()
    } else if environment == Environment::Live && may_make {
        view! { <NewKeyForm id=id environment=environment flash=shown.new_key /> }.into_any()
    } else {
        view! { <FirstKey id=id may_make=may_make /> }.into_any()
    };
    let public_keys = view! {
        <PublicKeyTable
            id=id
            environment=environment
            keys=shown.public_keys
            may_add=may_make
            now_ms=shown.now_ms
        />
    };
    let content = view! {
        {secrets}
        {public_keys}
    };
    (shown.notice, fresh, content.into_any())
}
