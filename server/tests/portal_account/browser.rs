//! A browser that follows nothing by itself and keeps its cookies, and what it is shown.

use std::net::Ipv4Addr;

use reqwest::header::{LOCATION, SET_COOKIE};

use crate::support::TestApp;

/// The name of the session's cookie on loopback.
const SESSION_COOKIE: &str = "tallyport=";
/// Long enough for every rule.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// One browser of one person.
pub(crate) struct Browser<'a> {
    app: &'a TestApp,
    client: reqwest::Client,
}

/// A page, or the answer to a form.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Where the browser is sent.
    pub(crate) location: String,
    /// The id of the session, where the answer sets one.
    pub(crate) session: Option<String>,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) html: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(app: &'a TestApp) -> Self {
        Self { app, client: app.browser() }
    }

    /// A browser at another address of this machine.
    pub(crate) fn at(app: &'a TestApp, address: Ipv4Addr) -> Self {
        Self { app, client: app.browser_at(address) }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        let request = self.client.get(self.app.url(path)).header("accept", "text/html");
        Page::read(request.send().await.unwrap()).await
    }

    /// Posts a form as the browser does from a page of the portal.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from("same-origin", path, fields).await
    }

    /// Posts a form; `site` is what the browser says about the page that it stood on.
    pub(crate) async fn post_from(&self, site: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        Page::read(self.posting(site, path).form(fields).send().await.unwrap()).await
    }

    /// A post as a page of this site or another would make it, without its body.
    pub(crate) fn posting(&self, site: &str, path: &str) -> reqwest::RequestBuilder {
        self.client.post(self.app.url(path)).header("accept", "text/html").header("sec-fetch-site", site)
    }

    /// Posts a form as a browser that calls itself so.
    pub(crate) async fn post_as(&self, user_agent: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let request =
            self.client.post(self.app.url(path)).header("accept", "text/html").header("user-agent", user_agent);
        Page::read(request.header("sec-fetch-site", "same-origin").form(fields).send().await.unwrap()).await
    }

    /// Posts a form and opens the page that it leads to.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        self.get(&answer.location).await
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Page {
        self.post("/ui/sign_in", &[("email", email), ("password", PASSWORD)]).await
    }

    /// Presses the button of the page that the mailed link leads to.
    pub(crate) async fn verify(&self, link: &str, password: &str) -> Page {
        let token = link.split_once("token=").unwrap().1;
        self.post("/ui/verify", &[("token", token), ("password", password)]).await
    }

    /// A browser of somebody who has an account, signed in.
    pub(crate) async fn of_member(app: &'a TestApp, email: &str) -> Self {
        app.sign_up(email, PASSWORD).await;
        let browser = Self::new(app);
        assert_eq!(browser.sign_in(email).await.location, "/console");
        browser
    }
}

impl Page {
    pub(crate) async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned();
        let session = headers.get_all(SET_COOKIE).iter().map(text).find_map(|cookie| {
            let id = cookie.strip_prefix(SESSION_COOKIE)?.split(';').next()?.to_owned();
            Some(id).filter(|id| !id.is_empty())
        });
        let location = headers.get(LOCATION).map(text).unwrap_or_default();
        Self { status, location, session, headers, html: response.text().await.unwrap() }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn assert_shows(&self, text: &str) {
        assert!(self.html.contains(text), "no {text:?} in {self:?}");
    }

    /// What stands between two texts.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> &str {
        let rest = self.html.split_once(before).unwrap_or_else(|| panic!("no {before:?} in {self:?}")).1;
        rest.split_once(after).unwrap_or_else(|| panic!("no {after:?} behind {before:?}")).0
    }
}
