//! Adding a public key: made in the browser, or pasted.

use super::{NEW_PUBLIC_KEY_FORM, keys_path, new_key_form::KeyFields};
use crate::{
    components::{Breadcrumbs, Button, ButtonKind, ButtonLink, Card, CodeBlock, CodeSample, Crumb, PageHead},
    forms::{Form, FormFlash, Select, TextArea},
    islands::KeyMaker,
    pages::console::{
        application::application_path,
        applications::APPLICATIONS_PATH,
        frame::MemberFrame,
        member_page::{id_in_path, member_page},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, ids::AppId, public_key::PublicKeyUse};
use tallyport_service::{ApplicationRecord, credentials::power_over};

/// How the pair is made without the browser.
const BY_HAND: &str = "openssl genpkey -algorithm ed25519 -out private.pem\nopenssl pkey -in private.pem -pubout";
/// What the browser can make, by the name that the island reads.
const KINDS: [(&str, &str); 4] =
    [("rsa-2048", "RSA 2048"), ("rsa-3072", "RSA 3072"), ("ec-p256", "EC P-256"), ("ed25519", "Ed25519")];

#[component]
pub(crate) fn NewPublicKeyPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    let environment = id_in_path::<Environment>("environment");
    member_page(move |services, member| async move {
        let (Some(id), Some(environment)) = (id, environment) else { return Ok(None) };
        let Some(found) = services.find_application_of_member(&member, id).await? else { return Ok(None) };
        let may_add = found.role.may(power_over(environment)) && found.application.closed_at_ms.is_none();
        if !may_add {
            return Ok(None);
        }
        let flash = FormFlash::take(NEW_PUBLIC_KEY_FORM).await;
        Ok(Some(page(found.application, environment, flash)))
    })
}

fn page(application: ApplicationRecord, environment: Environment, flash: FormFlash) -> AnyView {
    let own = &texts().keys;
    let id = application.id;
    let uses = PublicKeyUse::ALL
        .iter()
        .map(|used_for| (used_for.as_str().to_owned(), own.use_name(*used_for).to_owned()))
        .collect::<Vec<_>>();
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::link(own.title, keys_path(id, environment)),
        Crumb::here(own.add_public_key),
    ];
    view! {
        <MemberFrame
            title=own.add_public_key
            current=keys_path(id, Environment::Sandbox)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <PageHead title=own.add_public_key lead=own.add_lead />
            <div class="console-sections">
                {maker()} <Card title=own.pem>
                    <Form name=NEW_PUBLIC_KEY_FORM action="/ui/add_public_key" flash=flash>
                        <input type="hidden" name="application" value=id.to_string() />
                        <input type="hidden" name="environment" value=environment.as_str() />
                        <Select name="used_for" label=own.used_for options=uses hint=own.used_for_hint />
                        <TextArea name="pem" label=own.pem hint=own.pem_hint />
                        <KeyFields />
                        <div class="form-actions">
                            <Button kind=ButtonKind::Primary>{own.add_submit}</Button>
                            <ButtonLink href=keys_path(id, environment) kind=ButtonKind::Quiet>
                                {texts().console.cancel}
                            </ButtonLink>
                        </div>
                    </Form>
                </Card>
            </div>
        </MemberFrame>
    }
    .into_any()
}

fn maker() -> impl IntoView {
    let own = &texts().keys;
    let kinds = KINDS.map(|(value, text)| view! { <option value=value>{text}</option> }).collect_view();
    view! {
        <Card title=own.maker_title>
            <div class="stack" data-key-maker="asleep" data-key-target="new_public_key-pem">
                <p>{own.maker_text}</p>
                <div class="key-maker-tools">
                    <div class="field">
                        <label class="field-label" for="key-maker-kind">
                            {own.maker_kind}
                        </label>
                        <select class="field-input" id="key-maker-kind">
                            {kinds}
                        </select>
                    </div>
                    <KeyMaker>{own.maker_submit}</KeyMaker>
                </div>
                <p class="key-maker-done" role="status">
                    {own.maker_done}
                </p>
                <p class="key-maker-failed" role="status">
                    {own.maker_failed}
                </p>
                <div class="stack-tight">
                    <p class="small soft">{own.maker_needs_scripts}</p>
                    <CodeBlock sample=CodeSample::new("sh", BY_HAND) />
                </div>
            </div>
        </Card>
    }
}
