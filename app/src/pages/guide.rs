//! One guide.

use super::not_found::NotFound;
use crate::{
    components::{Breadcrumbs, ButtonLink, CodeBlock, CodeTabs, Crumb},
    guides::{
        Guide, find_guide,
        markdown::{Heading, Part, render},
        neighbours,
    },
    layout::DocsFrame,
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub(crate) fn GuidePage() -> impl IntoView {
    let slug = use_params_map().get_untracked().get("slug").unwrap_or_default();
    match find_guide(&slug) {
        Some(guide) => show(guide).into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

fn show(guide: &'static Guide) -> impl IntoView {
    let texts = &texts().docs;
    let visit = visit();
    let title = guide.title.in_language(visit.language);
    let rendered = render(guide.markdown(visit.language), &visit.public_url);
    let way = vec![Crumb::link(texts.title, "/docs"), Crumb::here(title)];
    let parts = rendered.parts.into_iter().enumerate().map(part).collect_view();
    view! {
        <DocsFrame title=title current=guide.href()>
            <div class="guide">
                <article class="stack">
                    <Breadcrumbs way=way />
                    {parts}
                    {turn(guide)}
                </article>
                {contents(&rendered.headings)}
            </div>
        </DocsFrame>
    }
    .into_any()
}

/// Guides are compiled in, and `render` lets no HTML through but its own.
fn part((index, part): (usize, Part)) -> AnyView {
    match part {
        Part::Text(html) => view! { <div class="prose" inner_html=html></div> }.into_any(),
        Part::Code(mut samples) if samples.len() == 1 => {
            samples.pop().map(|sample| view! { <CodeBlock sample=sample /> }).into_any()
        }
        Part::Code(samples) => view! { <CodeTabs name=format!("code-{index}") samples=samples /> }.into_any(),
    }
}

fn contents(headings: &[Heading]) -> impl IntoView + use<> {
    let texts = &texts().docs;
    let links = headings
        .iter()
        .map(|heading| {
            view! {
                <li>
                    <a class="guide-contents-link" href=format!("#{}", heading.id)>
                        {heading.text.clone()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="guide-contents" aria-label=texts.on_this_page>
            <p class="guide-contents-title">{texts.on_this_page}</p>
            <ul class="guide-contents-list">{links}</ul>
        </nav>
    }
    .into_any()
}

/// The way on, and the way back.
fn turn(guide: &'static Guide) -> impl IntoView {
    let texts = &texts().docs;
    let language = visit().language;
    let link = |label: &'static str, guide: &'static Guide| {
        let title = guide.title.in_language(language);
        view! { <ButtonLink href=guide.href()>{label} ": " {title}</ButtonLink> }
    };
    let (before, after) = neighbours(guide.slug);
    view! {
        <div class="guide-turn">
            {before.map(|guide| link(texts.previous, guide))}
            {after.map(|guide| link(texts.next, guide))}
        </div>
    }
    .into_any()
}
