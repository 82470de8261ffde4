//! Settings that may change while the platform runs.

use super::{audit_table::AuditTable, door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Banner, Button, ButtonKind, Card, PageHead, Tone},
    forms::{Field, Form, FormFlash, Select},
    islands::LocalTimes,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::settings::{Setting, SettingGroup, SettingKind, Settings};
use tallyport_service::audit::{AuditEntry, AuditSearch};

/// The form's name, under which a refused one is kept.
pub(crate) const SETTINGS_FORM: &str = "settings";
/// What the form's flash says when everything was saved.
pub(crate) const SAVED: &str = "saved";
/// Entries of the audit log shown on this page.
const HISTORY_ROWS: u32 = 10;

#[component]
pub(crate) fn AdminSettingsPage() -> impl IntoView {
    admin_page(|services, administrator| async move {
        let settings = services.settings().await?;
        let search = AuditSearch { action: "setting.changed".to_owned(), ..AuditSearch::default() };
        let history = services.search_audit_log(&administrator, &search, None, HISTORY_ROWS).await?;
        Ok(Some(page(&settings, history, FormFlash::take(SETTINGS_FORM).await)))
    })
}

fn page(settings: &Settings, history: Vec<AuditEntry>, flash: FormFlash) -> AnyView {
    let all = texts();
    let texts = &all.admin_platform;
    let saved = flash.value(SAVED).is_some().then(|| {
        view! {
            <Banner tone=Tone::Good title=texts.saved>
                <p>{texts.saved_text}</p>
            </Banner>
        }
    });
    let settings = settings.clone();
    let groups = move || SettingGroup::ALL.iter().map(|in_group| group(*in_group, &settings)).collect_view();
    view! {
        <AdminFrame title=all.admin.settings current=paths::SETTINGS>
            <PageHead title=all.admin.settings lead=texts.settings_lead />
            <div class="console-sections">
                {saved}
                <Form name=SETTINGS_FORM action="/ui/change_settings" flash=flash>
                    {groups()}
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{texts.save}</Button>
                    </div>
                </Form>
                <AuditTable caption=texts.settings_history entries=history />
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn group(group: SettingGroup, settings: &Settings) -> AnyView {
    let in_group = Setting::ALL.iter().filter(|setting| setting.spec().group == group);
    let fields = in_group.map(|setting| field(*setting, settings)).collect_view();
    view! {
        <Card title=texts().admin_platform.group_name(group)>
            <div class="console-form">{fields}</div>
        </Card>
    }
    .into_any()
}

fn field(setting: Setting, settings: &Settings) -> AnyView {
    let language = visit().language;
    let texts = &texts().admin_platform;
    let spec = setting.spec();
    let (name, label, value) = (setting.as_str(), spec.label.in_language(language), settings.text(setting));
    let help = spec.help.in_language(language);
    let default = Settings::default().text(setting);
    match spec.kind {
        SettingKind::Choice(words) => {
            let options = words.iter().map(|word| ((*word).to_owned(), texts.choice_name(word).to_owned())).collect();
            view! { <Select name=name label=label hint=help options=options value=value /> }.into_any()
        }
        SettingKind::Link | SettingKind::Line { .. } => {
            view! { <Field name=name label=label hint=help value=value optional=true autocomplete="off" /> }.into_any()
        }
        SettingKind::Number { .. } => {
            let hint = format!("{help} {}{default}", texts.default);
            view! { <Field name=name label=label hint=hint value=value autocomplete="off" /> }.into_any()
        }
    }
}
