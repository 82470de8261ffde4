//! Who is looking at the portal, and how: everything a page may know about its request.
//!
//! The server fills a [`Visit`] once per request and hands it to Leptos as context. Pages read it;
//! they never parse headers or cookies themselves.

use crate::{i18n::Texts, language::texts_in, site_path::SitePath, theme::Theme};
use leptos::prelude::use_context;
use std::{fmt, future::Future, net::IpAddr, pin::Pin, sync::Arc};
use tallyport_contract::language::Language;
use tallyport_domain::{announcement::Announcement, device::Device, ids::AnnouncementId, settings::Settings};
use tallyport_service::Member;

/// One request for a page, as the page sees it.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// The language to answer in.
    pub language: Language,
    /// The colours to answer in.
    pub theme: Theme,
    /// The developer or administrator whose session this is.
    pub signed_in: Option<Member>,
    /// Where the request came from; only for services that count by it.
    pub client_address: Option<IpAddr>,
    /// What it was sent by, as far as it says.
    pub device: Device,
    /// The `Request-Id` of this request, which error pages show.
    pub request_id: String,
    /// The page that was asked for, for links that return to it.
    pub path: SitePath,
    /// The origin under which readers reach this installation, without a trailing slash.
    pub public_url: String,
    /// What is announced at this moment, the newest first.
    pub announcements: Arc<[Announcement]>,
    /// Which of it this reader has hidden.
    pub dismissed: Vec<AnnouncementId>,
    /// What administrators set: the foot of pages leads to their links.
    pub settings: Arc<Settings>,
}

/// What the landing page's status line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformStatus {
    /// The database answers and payments are accepted.
    Operational,
    /// Something that payments need does not answer.
    Degraded,
}

type StatusFuture = Pin<Box<dyn Future<Output = PlatformStatus> + Send>>;

/// Asks the running server how it is, at the moment a page wants to say so.
#[derive(Clone)]
pub struct StatusProbe(Arc<dyn Fn() -> StatusFuture + Send + Sync>);

impl StatusProbe {
    /// Wraps the server's readiness check.
    pub fn new<F>(probe: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = PlatformStatus> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(probe())))
    }

    pub(crate) async fn ask(&self) -> PlatformStatus {
        (self.0)().await
    }
}

impl fmt::Debug for StatusProbe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StatusProbe")
    }
}

/// The current visit. Route discovery runs the views without a request, hence the default.
pub(crate) fn visit() -> Visit {
    use_context::<Visit>().unwrap_or_default()
}

/// The texts in the reader's language.
pub(crate) fn texts() -> &'static Texts {
    texts_in(visit().language)
}
