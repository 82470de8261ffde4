//! What went over the wire, and what it did.

use super::{Outcome, form::send_again};
use crate::{
    components::{Badge, ButtonLink, CodeBlock, CodeSample, JsonView, Tone},
    pages::console::{money::postings::postings, payment::payment_path},
    sandbox_call::{SandboxAnswer, SandboxRequest},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;

/// Request and signature base on one side, the answer on the other, and below what was booked.
#[component]
pub(super) fn Exchange(application: AppId, outcome: Outcome) -> impl IntoView {
    let texts = &texts().try_it;
    let Outcome { call, payment_id, entries } = outcome;
    let answer = call.answer.clone();
    let tone = if answer.is_success { Tone::Good } else { Tone::Bad };
    let payment = payment_id.map(|id| view! { <ButtonLink href=payment_path(id)>{texts.see_payment}</ButtonLink> });
    view! {
        <div class="try-it-exchange" id="result">
            <section class="stack-tight" aria-label=texts.request>
                <h2>{texts.request}</h2>
                <CodeBlock sample=CodeSample::new("http", request_text(&call.request)) />
                <p class="soft small">{texts.request_note}</p>
                <h2>{texts.signature_base}</h2>
                <CodeBlock sample=CodeSample::new("text", call.signature_base.clone()) />
                <p class="soft small">{texts.signature_base_note}</p>
            </section>
            <section class="stack-tight" aria-label=texts.answer>
                <div class="row">
                    <h2>{texts.answer}</h2>
                    <Badge tone=tone text=answer.status.clone() />
                </div>
                <CodeBlock sample=CodeSample::new("http", answer_text(&answer)) />
                <h3>{texts.answer_body}</h3>
                <JsonView json=answer.body />
            </section>
        </div>
        <section class="stack-tight" aria-label=texts.postings>
            <div class="row-apart">
                <h2>{texts.postings}</h2>
                {payment}
            </div>
            {postings(application, &entries)}
        </section>
        {send_again(application, &call)}
    }
}

fn request_text(request: &SandboxRequest) -> String {
    format!("{} {}\n{}\n{}", request.method, request.path, header_lines(&request.headers), request.body)
}

fn answer_text(answer: &SandboxAnswer) -> String {
    format!("{}\n{}", answer.status, header_lines(&answer.headers))
}

fn header_lines(headers: &[(String, String)]) -> String {
    headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
}
