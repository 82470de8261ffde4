//! Announcing, withdrawing, and hiding what was announced.

use super::{
    administration::{administrator, refused},
    entry::{here, services},
};
use crate::{
    announcements::{DISMISSED_COOKIE, remembering},
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::admin::{announcements::ANNOUNCE_FORM, paths},
    site_path::SitePath,
    visit::{texts, visit},
};
use http::{HeaderValue, header};
use leptos::prelude::*;
use tallyport_contract::time::of_utc_minute;
use tallyport_domain::{
    announcement::{AnnouncementDraft, AnnouncementTone},
    ids::AnnouncementId,
};
use tallyport_service::{
    admin::{AdminRefusal, Authority},
    announcements::AnnounceRefusal,
};

/// For how long a browser remembers what its reader has hidden: half a year.
const DISMISSED_SECONDS: u32 = 15_552_000;

/// Tells everybody something.
#[server(prefix = "/ui", endpoint = "announce")]
pub(crate) async fn announce(
    #[server(default)] text_en: String,
    #[server(default)] text_zh: String,
    #[server(default)] tone: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] on_landing: Option<String>,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::ANNOUNCEMENTS) else { return Ok(()) };
    let form = AnnounceForm { text_en, text_zh, tone, from, until, on_landing: on_landing.is_some() };
    if let Err(fault) = form.answer(&by).await {
        fault.report();
    }
    Ok(())
}

struct AnnounceForm {
    text_en: String,
    text_zh: String,
    tone: String,
    from: String,
    until: String,
    on_landing: bool,
}

impl AnnounceForm {
    async fn answer(self, by: &Authority) -> Result<(), Fault> {
        let texts = &texts().admin_platform;
        let services = services()?;
        let page = here(paths::ANNOUNCEMENTS);
        let mut kept = FormFlash::new()
            .keep("text_en", &self.text_en)
            .keep("text_zh", &self.text_zh)
            .keep("tone", &self.tone)
            .keep("from", &self.from)
            .keep("until", &self.until);
        let from = moment(&self.from);
        let until = moment(&self.until);
        for (name, said) in [("from", &from), ("until", &until)] {
            if said.is_err() {
                kept.refuse(name, texts.time_fault);
            }
        }
        let (Ok(from_ms), Ok(until_ms)) = (from, until) else { return kept.send_back(ANNOUNCE_FORM, &page).await };
        let draft = AnnouncementDraft {
            text_en: self.text_en,
            text_zh: self.text_zh,
            tone: self.tone.parse().unwrap_or(AnnouncementTone::Info),
            on_landing: self.on_landing,
            from_ms: from_ms.unwrap_or_else(|| services.clock().now_ms()),
            until_ms,
        };
        match services.announce(by, draft).await {
            Ok(_) => {
                AnswerParts::current().see_other(&page);
                return Ok(());
            }
            Err(AnnounceRefusal::Faults(faults)) => {
                for (field, message) in faults.into_iter().map(|fault| texts.announcement_fault(fault)) {
                    kept.refuse(field, message);
                }
            }
            Err(AnnounceRefusal::TooMany) => kept.refuse("text_en", texts.too_many),
            Err(AnnounceRefusal::Admin(refusal)) => return refused(refusal),
        }
        kept.send_back(ANNOUNCE_FORM, &page).await
    }
}

/// The time of a field; an empty one says none.
fn moment(text: &str) -> Result<Option<i64>, ()> {
    if text.trim().is_empty() { Ok(None) } else { of_utc_minute(text).map(Some).ok_or(()) }
}

/// Takes an announcement away.
#[server(prefix = "/ui", endpoint = "withdraw_announcement")]
pub(crate) async fn withdraw_announcement(#[server(default)] announcement: String) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::ANNOUNCEMENTS) else { return Ok(()) };
    if let Err(fault) = withdraw(&by, &announcement).await {
        fault.report();
    }
    Ok(())
}

async fn withdraw(by: &Authority, announcement: &str) -> Result<(), Fault> {
    if let Ok(id) = announcement.parse::<AnnouncementId>() {
        match services()?.withdraw_announcement(by, id).await {
            // One that somebody else has withdrawn is as gone as it was to be.
            Ok(()) | Err(AdminRefusal::Unknown) => {}
            Err(refusal) => return refused(refusal),
        }
    }
    AnswerParts::current().see_other(&here(paths::ANNOUNCEMENTS));
    Ok(())
}

/// Hides an announcement from this browser.
#[server(prefix = "/ui", endpoint = "dismiss_announcement")]
pub(crate) async fn dismiss_announcement(
    #[server(default)] announcement: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let answer = AnswerParts::current();
    let visit = visit();
    if let Ok(id) = announcement.parse::<AnnouncementId>() {
        let secure = if visit.public_url.starts_with("https://") { "; Secure" } else { "" };
        let ids = remembering(&visit.dismissed, id);
        let cookie =
            format!("{DISMISSED_COOKIE}={ids}; Path=/; Max-Age={DISMISSED_SECONDS}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.add_header(header::SET_COOKIE, cookie);
        }
    }
    answer.see_other(&SitePath::parse(&back).unwrap_or_default());
    Ok(())
}
