//! Where an account holder is asked whether an application may have what it wants.

use super::{SignInBecause, holder_sign_in_path, question};
use crate::{
    components::{Banner, KeyValue, KeyValues, Tone},
    fault::Fault,
    functions::entry::services,
    holder_visit::holder_visit,
    layout::HolderFrame,
    pages::loaded::{elsewhere, keep_no_copy, loaded, set_header, set_status},
    visit::{texts, visit},
};
use http::{HeaderName, HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::str::FromStr;
use tallyport_domain::oauth::OauthError;
use tallyport_service::{authorization::Question, holders::Holder};

#[component]
pub(crate) fn ConsentPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    keep_no_copy();
    // Only a code that we know is shown, so that the page says nothing that a stranger wrote.
    if let Some(code) = query.get("refused").and_then(|code| OauthError::from_str(&code).ok()) {
        return refused(code);
    }
    let handle = query.get("request").unwrap_or_default();
    loaded(async move { ask(handle).await })
}

async fn ask(handle: String) -> Result<AnyView, Fault> {
    let Some(asked) = services()?.find_question(&handle).await? else { return Ok(gone()) };
    let Some(holder) = holder_visit().signed_in else {
        return Ok(elsewhere(&holder_sign_in_path(&visit().path, SignInBecause::Nobody)));
    };
    if holder.signed_in_at_ms < asked.signed_in_since_ms {
        return Ok(elsewhere(&holder_sign_in_path(&visit().path, SignInBecause::Stale)));
    }
    if let Some(origin) = asked.answers_to.as_ref().and_then(|uri| HeaderValue::from_str(uri.origin()).ok()) {
        set_header(HeaderName::from_static(tallyport_contract::FORM_LEADS_TO), origin);
    }
    Ok(page(&handle, &asked, &holder))
}

fn page(handle: &str, asked: &Question, holder: &Holder) -> AnyView {
    let texts = &texts().holder;
    let (handle, lead) = (handle.to_owned(), texts.asks(&asked.application_name));
    let facts = question::facts(asked, holder);
    view! {
        <HolderFrame title=texts.consent_title>
            <div class="stack-tight">
                <h1>{texts.consent_title}</h1>
                <p class="lead consent-lead">{lead}</p>
            </div>
            {facts}
            <form class="form" method="post" action="/ui/decide_consent">
                <input type="hidden" name="request" value=handle />
                {question::buttons()}
            </form>
        </HolderFrame>
    }
    .into_any()
}

fn refused(code: OauthError) -> AnyView {
    set_status(StatusCode::BAD_REQUEST);
    let texts = &texts().holder;
    let facts = vec![KeyValue::new(texts.refused_code, view! { <code>{code.as_str()}</code> })];
    view! {
        <HolderFrame title=texts.refused_title>
            <h1>{texts.refused_title}</h1>
            <Banner tone=Tone::Bad title=texts.refused_text>""</Banner>
            <KeyValues facts=facts />
        </HolderFrame>
    }
    .into_any()
}

fn gone() -> AnyView {
    set_status(StatusCode::GONE);
    let texts = &texts().holder;
    view! {
        <HolderFrame title=texts.gone_title>
            <h1>{texts.gone_title}</h1>
            <p class="lead">{texts.gone_text}</p>
        </HolderFrame>
    }
    .into_any()
}
