//! Who is looking, and how: reads a request once, for every page.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use tallyport_app::{
    PlatformStatus, SitePath, StatusProbe, Theme, Visit, choose_language, dismissed_cookie, read_dismissed,
};
use tallyport_domain::device::Device;
use tallyport_domain::ids::RequestId;
use tallyport_service::Services;
use tower_sessions::Session;

use super::Pages;
use super::session::signed_in;
use crate::middleware::client_address::ClientAddress;

/// The layer that leaves a [`Visit`] in the request's extensions, of a reader not yet known.
pub(super) async fn attach(State(pages): State<Pages>, mut request: Request, next: Next) -> Response {
    let mut visit = read(&request, pages.services.public_url());
    add_platform(&mut visit, &pages.services).await;
    request.extensions_mut().insert(visit);
    next.run(request).await
}

/// The layer below the session that adds to the visit who is signed in.
pub(super) async fn add_member(State(pages): State<Pages>, mut request: Request, next: Next) -> Response {
    if let Some(session) = request.extensions().get::<Session>().cloned() {
        let from = request.extensions().get::<ClientAddress>().map(|client| client.0);
        let member = signed_in(&session, &pages.services, from).await;
        if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
            visit.signed_in = member;
        }
    }
    next.run(request).await
}

/// What administrators set and announce. Both are remembered for a moment; without the database, a page
/// does without them.
async fn add_platform(visit: &mut Visit, services: &Services) {
    match services.settings().await {
        Ok(settings) => visit.settings = settings,
        Err(error) => tracing::warn!(%error, "the settings cannot be read, going by their defaults"),
    }
    match services.current_announcements().await {
        Ok(announcements) => visit.announcements = announcements.into(),
        Err(error) => tracing::warn!(%error, "the announcements cannot be read, showing none"),
    }
}

fn read(request: &Request, public_url: &str) -> Visit {
    let cookies = CookieJar::from_headers(request.headers());
    let cookie = |name| cookies.get(name).map(|cookie| cookie.value().to_owned());
    let accept = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    Visit {
        language: choose_language(lang_parameter(request.uri().query()), cookie("lang").as_deref(), accept),
        theme: cookie("theme").and_then(|code| Theme::from_code(&code)).unwrap_or_default(),
        signed_in: None,
        client_address: request.extensions().get::<ClientAddress>().map(|client| client.0),
        device: agent.map_or(Device::UNKNOWN, Device::of_user_agent),
        request_id: request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default(),
        path: SitePath::parse(path).unwrap_or_default(),
        public_url: public_url.to_owned(),
        dismissed: cookie(dismissed_cookie()).as_deref().map(read_dismissed).unwrap_or_default(),
        ..Visit::default()
    }
}

/// Our codes are letters only, so a value that would need decoding is none of them.
fn lang_parameter(query: Option<&str>) -> Option<&str> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang="))
}

/// Asks the database, which is what payments need.
pub(super) fn status_probe(services: &Services) -> StatusProbe {
    let services = services.clone();
    StatusProbe::new(move || {
        let services = services.clone();
        async move {
            match services.db().ping().await {
                Ok(()) => PlatformStatus::Operational,
                Err(_) => PlatformStatus::Degraded,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{lang_parameter, read};
    use axum::body::Body;
    use http::Request;
    use tallyport_app::Theme;
    use tallyport_contract::Language;

    #[test]
    fn a_visit_is_read_from_query_cookies_and_headers() {
        let request = Request::get("/docs?lang=zh")
            .header("cookie", "theme=dark; lang=en")
            .header("accept-language", "en")
            .body(Body::empty())
            .unwrap();
        let visit = read(&request, "https://pay.example");
        assert_eq!(visit.language, Language::Zh);
        assert_eq!(visit.theme, Theme::Dark);
        assert_eq!(visit.path.as_str(), "/docs?lang=zh");
    }

    #[test]
    fn nonsense_in_cookies_is_no_choice() {
        let request = Request::get("/").header("cookie", "theme=\"><script>; lang=zz").body(Body::empty()).unwrap();
        let visit = read(&request, "");
        assert_eq!((visit.theme, visit.language), (Theme::Auto, Language::En));
    }

    #[test]
    fn only_a_parameter_of_that_name_counts() {
        assert_eq!(lang_parameter(Some("a=1&lang=zh")), Some("zh"));
        assert_eq!(lang_parameter(Some("language=zh&xlang=zh")), None);
        assert_eq!(lang_parameter(None), None);
    }
}
