//! Where an application is made.

use super::{applications::APPLICATIONS_PATH, frame::MemberFrame, member_page::member_page};
use crate::{
    components::{Breadcrumbs, Button, ButtonKind, ButtonLink, Crumb},
    forms::{Field, Form, FormFlash, Select},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::team::Power;
use tallyport_service::MembershipRecord;

/// The page's address.
pub(crate) const NEW_APPLICATION_PATH: &str = "/console/applications/new";
/// The form's name, under which a refused one is kept.
pub(crate) const NEW_APPLICATION_FORM: &str = "application";

#[component]
pub(crate) fn NewApplicationPage() -> impl IntoView {
    member_page(|services, member| async move {
        let teams = services.list_teams(&member).await?;
        Ok(Some(page(FormFlash::take(NEW_APPLICATION_FORM).await, teams)))
    })
}

fn page(flash: FormFlash, teams: Vec<MembershipRecord>) -> AnyView {
    let teams: Vec<(String, String)> = teams
        .into_iter()
        .filter(|membership| membership.role.may(Power::Develop))
        .map(|membership| (membership.team.id.to_string(), membership.team.name))
        .collect();
    let own = &crate::visit::texts().applications;
    // Whoever is in one team is not asked which.
    let team =
        || (teams.len() > 1).then(|| view! { <Select name="team" label=own.team hint=own.team_hint options=teams /> });
    let texts = &texts().console;
    let way = vec![Crumb::link(texts.applications, APPLICATIONS_PATH), Crumb::here(texts.new_application)];
    view! {
        <MemberFrame title=texts.new_application current=APPLICATIONS_PATH>
            <div class="console-form">
                <Breadcrumbs way=way />
                <div class="stack-tight">
                    <h1>{texts.new_application}</h1>
                    <p class="lead">{texts.new_application_lead}</p>
                </div>
                <Form name=NEW_APPLICATION_FORM action="/ui/make_application" flash=flash>
                    <Field
                        name="name"
                        label=texts.name
                        hint=texts.application_name_hint
                        autocomplete="off"
                    />
                    {team()}
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{texts.create}</Button>
                        <ButtonLink href=APPLICATIONS_PATH kind=ButtonKind::Quiet>
                            {texts.cancel}
                        </ButtonLink>
                    </div>
                </Form>
            </div>
        </MemberFrame>
    }
    .into_any()
}
