//! What is announced, at the top of pages, and which of it a reader has hidden.

use crate::{
    components::{Icon, IconName, Tone},
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::{
    announcement::{Announcement, AnnouncementTone},
    ids::AnnouncementId,
};

/// The cookie that remembers what a reader has hidden.
pub(crate) const DISMISSED_COOKIE: &str = "dismissed";
/// Ids hold no point, so it may separate them; a cookie takes it as it is.
const SEPARATOR: &str = ".";
/// More than are ever shown at once; the oldest are forgotten first.
const DISMISSED_MAX: usize = 20;

/// Reads which announcements a reader has hidden from the value of their cookie. What is no id counts
/// as absent.
pub fn read_dismissed(cookie: &str) -> Vec<AnnouncementId> {
    cookie.split(SEPARATOR).filter_map(|id| id.parse().ok()).take(DISMISSED_MAX).collect()
}

/// The name of that cookie.
#[must_use]
pub const fn dismissed_cookie() -> &'static str {
    DISMISSED_COOKIE
}

/// The cookie's value with one more.
pub(crate) fn remembering(dismissed: &[AnnouncementId], id: AnnouncementId) -> String {
    let mut ids: Vec<AnnouncementId> = dismissed.iter().copied().filter(|own| *own != id).collect();
    ids.push(id);
    let first = ids.len().saturating_sub(DISMISSED_MAX);
    ids[first..].iter().map(ToString::to_string).collect::<Vec<_>>().join(SEPARATOR)
}

/// What is announced and not hidden. On the start page, only what is for everybody.
#[component]
pub(crate) fn Announcements(#[prop(optional)] on_landing: bool) -> impl IntoView {
    let visit = visit();
    let shown = visit
        .announcements
        .iter()
        .filter(|announcement| !visit.dismissed.contains(&announcement.id))
        .filter(|announcement| !on_landing || announcement.draft.on_landing);
    let shown: Vec<_> = shown.map(one).collect();
    (!shown.is_empty()).then(|| {
        view! {
            <section class="announcements" aria-label=texts().chrome.announcements>
                {shown}
            </section>
        }
        .into_any()
    })
}

fn one(announcement: &Announcement) -> AnyView {
    let visit = visit();
    let text = announcement.text_in(visit.language).to_owned();
    let tone = match announcement.draft.tone {
        AnnouncementTone::Info => Tone::Note,
        AnnouncementTone::Warning => Tone::Caution,
    };
    let (id, back) = (announcement.id.to_string(), visit.path.as_str().to_owned());
    view! {
        <div class=tone.class("announcement")>
            <span class="announcement-icon">
                <Icon name=tone.icon() />
            </span>
            <p class="announcement-text">{text}</p>
            <form method="post" action="/ui/dismiss_announcement">
                <input type="hidden" name="announcement" value=id />
                <input type="hidden" name="back" value=back />
                <button type="submit" class="button button-quiet button-small">
                    <Icon name=IconName::Close />
                    <span class="visually-hidden">{texts().components.dismiss}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{DISMISSED_MAX, read_dismissed, remembering};
    use tallyport_domain::ids::AnnouncementId;

    fn id(number: u8) -> AnnouncementId {
        AnnouncementId::from_parts(i64::from(number), [number; 10])
    }

    #[test]
    fn what_was_hidden_is_read_back() {
        let cookie = remembering(&[id(1)], id(2));
        assert_eq!(read_dismissed(&cookie), [id(1), id(2)]);
        assert_eq!(read_dismissed(&remembering(&[id(1), id(2)], id(1))), [id(2), id(1)]);
        assert_eq!(read_dismissed("; <script>.ann_1.."), []);
    }

    #[test]
    fn a_cookie_does_not_grow_without_end() {
        let many: Vec<_> = (0..100).map(id).collect();
        let kept = read_dismissed(&remembering(&many, id(200)));
        assert_eq!(kept.len(), DISMISSED_MAX);
        assert_eq!(kept.last(), Some(&id(200)));
    }
}
