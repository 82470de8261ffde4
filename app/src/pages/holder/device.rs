//! Where an account holder connects a device that has no browser.

use super::{SignInBecause, holder_sign_in_path, question};
use crate::{
    components::{Banner, Button, ButtonKind, Tone},
    fault::Fault,
    forms::{Field, Form, FormFlash},
    functions::entry::services,
    holder_visit::holder_visit,
    layout::HolderFrame,
    pages::loaded::{elsewhere, keep_no_copy, loaded},
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_service::{authorization::DeviceQuestion, holders::Holder};

/// The form's name, under which a refused one is kept.
pub(crate) const DEVICE_FORM: &str = "device";

#[component]
pub(crate) fn DevicePage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    keep_no_copy();
    let Some(holder) = holder_visit().signed_in else {
        return elsewhere(&holder_sign_in_path(&visit().path, SignInBecause::Nobody));
    };
    let typed = query.get("user_code");
    match query.get("notice").as_deref() {
        Some("allowed") => return ended(true),
        Some("refused") => return ended(false),
        _ => {}
    }
    loaded(async move {
        let mut flash = FormFlash::take(DEVICE_FORM).await;
        let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return Ok(type_code(flash)) };
        if let Some(asked) = find(&typed).await? {
            return Ok(ask(&asked, &holder));
        }
        flash.refuse("user_code", texts().holder.device_unknown);
        Ok(type_code(flash.keep("user_code", &typed)))
    })
}

async fn find(typed: &str) -> Result<Option<DeviceQuestion>, Fault> {
    Ok(services()?.find_device(typed).await?)
}

fn type_code(flash: FormFlash) -> AnyView {
    let texts = &texts().holder;
    view! {
        <HolderFrame title=texts.device_title>
            <div class="stack-tight">
                <h1>{texts.device_title}</h1>
                <p class="lead">{texts.device_lead}</p>
            </div>
            <Form name=DEVICE_FORM action="/ui/type_device_code" flash=flash>
                <Field name="user_code" label=texts.device_code hint=texts.device_hint autocomplete="off" />
                <Button kind=ButtonKind::PrimaryWide>{texts.device_next}</Button>
            </Form>
        </HolderFrame>
    }
    .into_any()
}

fn ask(asked: &DeviceQuestion, holder: &Holder) -> AnyView {
    let texts = &texts().holder;
    let (code, lead) = (asked.user_code.clone(), texts.asks(&asked.question.application_name));
    let facts = question::facts(&asked.question, holder);
    view! {
        <HolderFrame title=texts.consent_title>
            <div class="stack-tight">
                <h1>{texts.consent_title}</h1>
                <p class="lead consent-lead">{lead}</p>
            </div>
            <p>{texts.device_check}</p>
            <p class="consent-code">{code.clone()}</p>
            {facts}
            <form class="form" method="post" action="/ui/decide_device">
                <input type="hidden" name="user_code" value=code />
                {question::buttons()}
            </form>
        </HolderFrame>
    }
    .into_any()
}

fn ended(is_allowed: bool) -> AnyView {
    let texts = &texts().holder;
    let (tone, title, text) = if is_allowed {
        (Tone::Good, texts.device_allowed_title, texts.device_allowed_text)
    } else {
        (Tone::Note, texts.device_refused_title, texts.device_refused_text)
    };
    view! {
        <HolderFrame title=title>
            <h1>{title}</h1>
            <Banner tone=tone title=text>""</Banner>
        </HolderFrame>
    }
    .into_any()
}
