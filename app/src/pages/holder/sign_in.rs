//! Where an account holder signs in.

use super::{HOLDER_PATH, HOLDER_SIGN_IN_PATH, SignInBecause};
use crate::{
    components::{Banner, Button, ButtonKind, Tone},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::entry::here,
    holder_visit::holder_visit,
    layout::HolderFrame,
    pages::{
        loaded::{elsewhere, loaded},
        too_many_tries::too_many_tries,
    },
    site_path::SitePath,
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The form's name, under which a refused one is kept.
pub(crate) const HOLDER_SIGN_IN_FORM: &str = "holder_sign_in";
/// Where a holder goes who has just signed out.
pub(crate) const HOLDER_SIGNED_OUT_PATH: &str = "/holder/signin?notice=signed-out";

#[component]
pub(crate) fn HolderSignInPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let return_to = query.get("return_to").and_then(|path| SitePath::parse(&path));
    let because = SignInBecause::of_code(&query.get("because").unwrap_or_default());
    if holder_visit().signed_in.is_some() && because == SignInBecause::Nobody {
        return elsewhere(&return_to.unwrap_or_else(|| here(HOLDER_PATH)));
    }
    let was_signed_out = query.get("notice").as_deref() == Some("signed-out");
    loaded(async move {
        let flash = FormFlash::take(HOLDER_SIGN_IN_FORM).await;
        Ok(page(flash, return_to, because, was_signed_out))
    })
}

fn page(flash: FormFlash, return_to: Option<SitePath>, because: SignInBecause, was_signed_out: bool) -> AnyView {
    let (account, holder) = (&texts().account, &texts().holder);
    let notice = match because {
        _ if !flash.is_clean() => None,
        SignInBecause::Stale => Some((Tone::Note, holder.sign_in_again)),
        SignInBecause::Other => Some((Tone::Caution, holder.other_text)),
        SignInBecause::Nobody if return_to.is_some() => Some((Tone::Note, holder.sign_in_first)),
        SignInBecause::Nobody => was_signed_out.then_some((Tone::Note, holder.signed_out)),
    };
    let refusal = too_many_tries(&flash);
    let banner = notice.map(|(tone, text)| view! { <Banner tone=tone title=text>""</Banner> });
    let return_to = return_to.map(|path| {
        view! { <input type="hidden" name="return_to" value=path.as_str().to_owned() /> }
    });
    let because = view! { <input type="hidden" name="because" value=because.code() /> };
    view! {
        <HolderFrame title=holder.sign_in_title>
            {refusal}
            {banner}
            <div class="stack-tight">
                <h1>{holder.sign_in_title}</h1>
                <p class="lead">{holder.sign_in_lead}</p>
            </div>
            <Form name=HOLDER_SIGN_IN_FORM action="/ui/holder_sign_in" flash=flash>
                {return_to}
                {because}
                <Field name="email" label=account.email kind=FieldKind::Email autocomplete="username" />
                <Field
                    name="password"
                    label=account.password
                    kind=FieldKind::Password
                    autocomplete="current-password"
                />
                <Button kind=ButtonKind::PrimaryWide>{account.sign_in_submit}</Button>
            </Form>
        </HolderFrame>
    }
    .into_any()
}

/// The page with what the form came with.
pub(crate) fn page_path(return_to: Option<&SitePath>, because: SignInBecause) -> SitePath {
    match return_to {
        Some(path) => super::holder_sign_in_path(path, because),
        None => here(HOLDER_SIGN_IN_PATH),
    }
}
