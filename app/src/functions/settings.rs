//! Changing the settings of the running platform.
#![allow(clippy::too_many_arguments, reason = "each argument is a field of the form")]

use super::{
    administration::{administrator, refused},
    entry::{here, services},
};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::admin::{
        paths,
        settings::{SAVED, SETTINGS_FORM},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::settings::Setting;
use tallyport_service::{admin::Authority, settings::ChangeSettingsRefusal};

/// Changes settings; a field that the form did not send stays what it is.
#[server(prefix = "/ui", endpoint = "change_settings")]
pub(crate) async fn change_settings(
    #[server(default)] sign_up: Option<String>,
    #[server(default)] mail_from_name: Option<String>,
    #[server(default)] applications_per_team: Option<String>,
    #[server(default)] credentials_per_application: Option<String>,
    #[server(default)] reads_per_second: Option<String>,
    #[server(default)] writes_per_second: Option<String>,
    #[server(default)] support_link: Option<String>,
    #[server(default)] terms_link: Option<String>,
    #[server(default)] privacy_link: Option<String>,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::SETTINGS) else { return Ok(()) };
    let sent = [
        (Setting::SignUp, sign_up),
        (Setting::MailFromName, mail_from_name),
        (Setting::ApplicationsPerTeam, applications_per_team),
        (Setting::CredentialsPerApplication, credentials_per_application),
        (Setting::ReadsPerSecond, reads_per_second),
        (Setting::WritesPerSecond, writes_per_second),
        (Setting::SupportLink, support_link),
        (Setting::TermsLink, terms_link),
        (Setting::PrivacyLink, privacy_link),
    ];
    let changes = sent.into_iter().filter_map(|(setting, text)| Some((setting, text?))).collect();
    if let Err(fault) = answer(&by, changes).await {
        fault.report();
    }
    Ok(())
}

async fn answer(by: &Authority, changes: Vec<(Setting, String)>) -> Result<(), Fault> {
    let page = here(paths::SETTINGS);
    match services()?.change_settings(by, &changes).await {
        Ok(()) => FormFlash::new().keep(SAVED, "yes").send_back(SETTINGS_FORM, &page).await,
        Err(ChangeSettingsRefusal::Faults(faults)) => {
            let kept = changes.iter().map(|(setting, text)| (setting.as_str(), text));
            let mut kept = kept.fold(FormFlash::new(), |kept, (name, text)| kept.keep(name, text));
            for (setting, fault) in &faults {
                kept.refuse(setting.as_str(), texts().admin_platform.setting_fault(fault));
            }
            kept.send_back(SETTINGS_FORM, &page).await
        }
        Err(ChangeSettingsRefusal::Admin(refusal)) => refused(refusal),
    }
}
