//! What a holder is asked, in words: who asks, for what, for how long, up to how much.

use crate::{
    components::{Card, CopyableId, KeyValue, KeyValues},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_contract::time::rfc3339;
use tallyport_domain::{
    oauth::{GrantScopes, HolderScope, PaymentDetail},
    scope::Scope,
};
use tallyport_service::{authorization::Question, holders::Holder};

/// A day, as everybody reads it.
pub(super) fn day(at_ms: i64) -> String {
    rfc3339(at_ms).chars().take(10).collect()
}

/// What scopes allow, in words.
pub(super) fn allowed(scopes: GrantScopes) -> Vec<&'static str> {
    let texts = &texts().holder;
    let about = scopes.about_holder().map(|scope| texts.about_holder(scope));
    // Payments that it may make are told one by one.
    let payments = scopes.api().contains(Scope::PaymentsRead).then_some(texts.sees_payments);
    about.chain(payments).collect()
}

/// The payments, in words.
pub(super) fn payments(payments: &[PaymentDetail]) -> Vec<String> {
    payments.iter().map(|one| texts().holder.pays(&one.amount.to_string(), one.payee.as_str())).collect()
}

/// The facts on which a holder decides.
pub(super) fn facts(question: &Question, holder: &Holder) -> AnyView {
    let texts = &texts().holder;
    let lasts = question.scopes.has(HolderScope::OfflineAccess);
    let until = if lasts { texts.until(&day(question.until_ms)) } else { texts.until_hour.to_owned() };
    let application = question.application_id.to_string();
    let mut facts = vec![KeyValue::new(texts.asks_title, view! { <CopyableId id=application /> })];
    if let Some(uri) = &question.answers_to {
        facts.push(KeyValue::new(
            texts.returns_to,
            view! { <span class="consent-origin">{uri.origin().to_owned()}</span> },
        ));
    }
    facts.push(KeyValue::new(texts.signed_in_as, format!("{} · {}", holder.name, holder.email)));
    facts.push(KeyValue::new(texts.until_title, until));
    let payments = (!question.payments.is_empty()).then(|| list(texts.pays_title, payments(&question.payments)));
    let may = allowed(question.scopes).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let may = (!may.is_empty()).then(|| list(texts.may_title, may));
    view! {
        {payments}
        {may}
        <KeyValues facts=facts />
    }
    .into_any()
}

fn list(title: &'static str, lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <Card title=title>
            <ul class="consent-list">{lines}</ul>
        </Card>
    }
    .into_any()
}

/// The two buttons; the one that gives nothing away stands first in no way.
pub(super) fn buttons() -> AnyView {
    use crate::components::{Button, ButtonKind};
    let texts = &texts().holder;
    view! {
        <div class="form-actions">
            <Button kind=ButtonKind::Primary name="decision" value="allow">{texts.allow}</Button>
            <Button name="decision" value="refuse">{texts.refuse}</Button>
        </div>
        <p class="lead">{texts.withdraw_note}</p>
    }
    .into_any()
}
