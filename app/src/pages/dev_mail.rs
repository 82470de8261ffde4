//! The local mailbox: mail that an installation without a mail server wrote, for whoever sits at the
//! machine.
//!
//! A mail may hold a link that lets its reader in. So the page is there only while no mail is sent,
//! only where the platform goes by an address of this machine, and only for whoever calls from here
//! or from a private network, as the host of a container does.

use super::{
    loaded::{keep_no_copy, loaded},
    not_found::NotFound,
};
use crate::{
    components::{Banner, ButtonLink, EmptyState, IconName, Moment, Tone},
    functions::entry::services,
    islands::LocalTimes,
    layout::PublicFrame,
    visit::{Visit, texts, visit},
};
use leptos::prelude::*;
use std::net::IpAddr;
use tallyport_domain::place::Place;
use tallyport_service::mail::ReadableMail;

/// The page's address.
pub(crate) const DEV_MAIL_PATH: &str = "/dev/mail";
/// How many of the newest mails are shown.
const SHOWN_MAX: u32 = 50;

#[component]
pub(crate) fn DevMailPage() -> impl IntoView {
    if !is_here(&visit()) {
        return view! { <NotFound /> }.into_any();
    }
    keep_no_copy();
    loaded(async { Ok(page(services()?.list_mails(SHOWN_MAX).await?)) })
}

/// Says where the mail is that was never sent.
#[component]
pub(super) fn LocalMailHint() -> impl IntoView {
    is_here(&visit()).then(|| {
        let texts = &texts().entrance;
        view! {
            <Banner tone=Tone::Note title=texts.local_title>
                <p>{texts.local_text}</p>
                <p>
                    <ButtonLink href=DEV_MAIL_PATH>{texts.local_open}</ButtonLink>
                </p>
            </Banner>
        }
    })
}

fn is_here(visit: &Visit) -> bool {
    let is_local = services().is_ok_and(|services| services.mail_is_local());
    let is_near = visit.client_address.is_some_and(|address| Place::of(address) != Place::Internet);
    is_local && is_near && goes_by_this_machine(&visit.public_url)
}

fn goes_by_this_machine(public_url: &str) -> bool {
    let authority = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

fn page(mails: Vec<ReadableMail>) -> AnyView {
    let texts = &texts().entrance;
    let public_url = visit().public_url;
    let content = if mails.is_empty() {
        view! {
            <EmptyState icon=IconName::Info title=texts.mailbox_empty_title text=texts.mailbox_empty_text>
                <ButtonLink href="/signup">{crate::visit::texts().chrome.sign_up}</ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else {
        let mails = mails.into_iter().map(|mail| letter(mail, &public_url)).collect_view();
        view! { <ol class="mailbox">{mails}</ol> }.into_any()
    };
    view! {
        <PublicFrame title=texts.mailbox_title>
            <div class="stack">
                <div class="stack-tight">
                    <h1>{texts.mailbox_title}</h1>
                    <p class="lead">{texts.mailbox_lead}</p>
                </div>
                {content}
                <LocalTimes />
            </div>
        </PublicFrame>
    }
    .into_any()
}

fn letter(mail: ReadableMail, public_url: &str) -> impl IntoView + use<> {
    let recipient = mail.recipient.clone();
    let lines = mail.letter.text.lines().map(|line| text_line(line, public_url)).collect_view();
    view! {
        <li class="mailbox-mail" data-recipient=recipient>
            <h2 class="mailbox-subject">{mail.letter.subject}</h2>
            <p class="mailbox-head">
                <span class="mail-address">{texts().entrance.mailbox_to} ": " {mail.recipient}</span>
                <Moment at_ms=mail.created_at_ms />
            </p>
            <div class="mailbox-text">{lines}</div>
        </li>
    }
}

/// A line of the letter: links that lead here can be clicked, everything else is text.
fn text_line(line: &str, public_url: &str) -> AnyView {
    let leads_here = line.strip_prefix(public_url).is_some_and(|rest| rest.starts_with('/'));
    let line = line.to_owned();
    if leads_here {
        let href = line.clone();
        return view! {
            <p>
                <a href=href>{line}</a>
            </p>
        }
        .into_any();
    }
    if line.is_empty() { ().into_any() } else { view! { <p>{line}</p> }.into_any() }
}

#[cfg(test)]
mod tests {
    use super::goes_by_this_machine;

    #[test]
    fn only_addresses_of_this_machine_are_of_this_machine() {
        for url in ["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000", "http://localhost"] {
            assert!(goes_by_this_machine(url), "{url}");
        }
        for url in [
            "https://pay.example",
            "http://192.168.1.5:3000",
            "http://localhost.evil.example",
            "http://0.0.0.0:3000",
            "",
        ] {
            assert!(!goes_by_this_machine(url), "{url}");
        }
    }
}
