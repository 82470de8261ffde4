//! Where a person is signed in.

use crate::{
    components::{Badge, Button, ButtonKind, Column, Moment, Table, Tone},
    i18n::my_account::MyAccountTexts,
    visit::texts,
};
use leptos::prelude::*;
use std::net::IpAddr;
use tallyport_domain::device::{Browser, Device, System};
use tallyport_domain::place::Place;
use tallyport_service::identity::SessionOfMember;

#[component]
pub(super) fn SessionsCard(sessions: Vec<SessionOfMember>) -> impl IntoView {
    let texts = &texts().my_account;
    let has_others = sessions.iter().any(|session| !session.is_current);
    let columns = vec![
        Column::text(texts.session_device),
        Column::text(texts.session_place),
        Column::text(texts.session_seen),
        Column::text(texts.session_began),
        Column::text(texts.session_action),
    ];
    let rows = sessions.into_iter().map(row).collect();
    let end_others = has_others.then(|| {
        view! {
            <form method="post" action="/ui/end_other_sessions">
                <Button>{texts.sessions_end_others}</Button>
            </form>
        }
    });
    view! {
        <section class="stack-tight" aria-label=texts.sessions_title>
            <Table caption=texts.sessions_title columns=columns rows=rows />
            {end_others}
        </section>
    }
}

fn row(session: SessionOfMember) -> Vec<AnyView> {
    let texts = &texts().my_account;
    let end = if session.is_current {
        view! { <Badge tone=Tone::Good text=texts.session_current /> }.into_any()
    } else {
        view! {
            <form method="post" action="/ui/end_session">
                <input type="hidden" name="session" value=session.handle />
                <Button kind=ButtonKind::Small>{texts.session_end}</Button>
            </form>
        }
        .into_any()
    };
    vec![
        device(texts, session.device).into_any(),
        place(texts, &session.network).into_any(),
        view! { <Moment at_ms=session.seen_at_ms /> }.into_any(),
        view! { <Moment at_ms=session.created_at_ms /> }.into_any(),
        end,
    ]
}

fn device(texts: &MyAccountTexts, device: Device) -> String {
    let browser = match device.browser {
        Browser::Edge => "Edge",
        Browser::Opera => "Opera",
        Browser::Samsung => "Samsung Internet",
        Browser::WeChat => "WeChat",
        Browser::Firefox => "Firefox",
        Browser::Chrome => "Chrome",
        Browser::Safari => "Safari",
        Browser::Curl => "curl",
        Browser::Unknown => texts.unknown_browser,
    };
    let system = match device.system {
        System::IPhone => "iPhone",
        System::IPad => "iPad",
        System::Android => "Android",
        System::Harmony => "HarmonyOS",
        System::Windows => "Windows",
        System::MacOs => "macOS",
        System::ChromeOs => "ChromeOS",
        System::Linux => "Linux",
        System::Unknown => texts.unknown_system,
    };
    format!("{browser} {} {system}", texts.on)
}

/// The kind of network, and the address where it says something.
fn place(texts: &MyAccountTexts, network: &str) -> String {
    let Ok(address) = network.parse::<IpAddr>() else { return texts.place_unknown.to_owned() };
    match Place::of(address) {
        Place::ThisMachine => texts.place_here.to_owned(),
        Place::PrivateNetwork => format!("{} · {address}", texts.place_private),
        Place::Internet => format!("{} · {address}", texts.place_internet),
    }
}
