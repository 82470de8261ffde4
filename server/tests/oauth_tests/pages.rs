//! The whole way through a browser without scripts: from the application to the consent page and back
//! with a code.

use crate::client::{REDIRECT_URI, Shop, encoded, good_request, parameter};
use crate::support::{TestApp, on_both_databases};

/// A browser that follows nothing by itself.
struct Browser<'a> {
    app: &'a TestApp,
    client: reqwest::Client,
}

struct Page {
    status: u16,
    location: String,
    csp: String,
    html: String,
}

impl<'a> Browser<'a> {
    fn new(app: &'a TestApp) -> Self {
        Self { app, client: app.browser() }
    }

    async fn get(&self, path: &str) -> Page {
        Page::read(self.client.get(self.app.url(path)).header("accept", "text/html")).await
    }

    async fn post_from(&self, site: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.client.post(self.app.url(path)).header("accept", "text/html").header("sec-fetch-site", site);
        Page::read(request.form(fields)).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from("same-origin", path, fields).await
    }

    async fn sign_in_as_buyer_of(&self, shop: &Shop<'_>) -> Page {
        let shown = self.app.services.list_test_holders(&shop.partner.member, shop.partner.application_id).await;
        let shown = shown.unwrap();
        let buyer = shown.iter().find(|holder| holder.role == "buyer").unwrap();
        let fields = [("email", &*buyer.email), ("password", &*buyer.password), ("return_to", "/holder")];
        self.post("/ui/holder_sign_in", &fields).await
    }
}

impl Page {
    async fn read(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, location, csp) =
            (response.status().as_u16(), header("location"), header("content-security-policy"));
        assert!(response.headers().get("x-form-leads-to").is_none());
        Self { status, location, csp, html: response.text().await.unwrap() }
    }
}

fn query(parameters: &[(String, String)]) -> String {
    let pairs: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (&**name, &**value)).collect();
    format!("/oauth/authorize?{}", encoded(&pairs))
}

on_both_databases! {
    async fn a_holder_signs_in_reads_and_allows(app: TestApp) {
        let shop = Shop::open(app).await;
        let browser = Browser::new(app);
        let mut request = good_request(&shop.partner.api_key);
        let details = r#"[{"type":"payment","amount":"100.00","currency":"USD","payee":"app_1"}]"#;
        request.push(("authorization_details".to_owned(), details.to_owned()));
        let consent = browser.get(&query(&request)).await.location;
        assert!(consent.starts_with("/consent?request="), "{consent}");
        let sign_in = browser.get(&consent).await.location;
        assert!(sign_in.starts_with("/holder/signin?return_to=%2Fconsent"), "{sign_in}");
        assert!(browser.get(&sign_in).await.html.contains("Sign in to decide."));
        assert_eq!(browser.sign_in_as_buyer_of(&shop).await.location, "/holder");

        let page = browser.get(&consent).await;
        assert_eq!(page.status, 200, "{}", page.html);
        for text in ["Shop asks for access", "100.00 USD to app_1", "see your name", "https://shop.example", "Test Buyer"] {
            assert!(page.html.contains(text), "no {text} in {}", page.html);
        }
        assert!(page.csp.contains("form-action 'self' https://shop.example;"), "{}", page.csp);
        let chinese = browser.get(&format!("{consent}&lang=zh")).await.html;
        assert!(chinese.contains("“Shop”请求访问您的账户"), "{chinese}");

        let handle = parameter(&consent, "request");
        let fields = [("request", &*handle), ("decision", "allow")];
        let forged = browser.post_from("cross-site", "/ui/decide_consent", &fields).await;
        assert_eq!(forged.status, 403);
        let back = browser.post("/ui/decide_consent", &fields).await;
        assert!(back.location.starts_with(&format!("{REDIRECT_URI}?code=")), "{}", back.location);
        assert_eq!(shop.redeem(&parameter(&back.location, "code")).await.status, 200);
        assert_eq!(browser.get(&consent).await.status, 410);

        let grants = browser.get("/holder").await.html;
        assert!(grants.contains("Shop") && grants.contains("Take back"), "{grants}");
        let id = grants.split("gnt_").nth(1).unwrap()[..26].to_owned();
        let taken = browser.post("/ui/withdraw_grant", &[("grant", &format!("gnt_{id}"))]).await;
        assert_eq!(taken.location, "/holder?notice=withdrawn");
        assert!(browser.get("/holder").await.html.contains("No application has access"));
    }

    async fn nobody_decides_without_signing_in(app: TestApp) {
        let shop = Shop::open(app).await;
        let handle = shop.handle().await;
        let browser = Browser::new(app);
        let fields = [("request", &*handle), ("decision", "allow")];
        let answer = browser.post("/ui/decide_consent", &fields).await;
        assert!(answer.location.starts_with("/holder/signin?return_to="), "{}", answer.location);
        assert!(app.services.find_question(&handle).await.unwrap().is_some());
    }

    async fn another_applications_test_holder_is_sent_away(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        let handle = shop.handle().await;
        let browser = Browser::new(app);
        browser.sign_in_as_buyer_of(&other).await;
        let fields = [("request", &*handle), ("decision", "allow")];
        let answer = browser.post("/ui/decide_consent", &fields).await;
        assert!(answer.location.ends_with("&because=other"), "{}", answer.location);
        assert!(app.services.find_question(&handle).await.unwrap().is_some());
    }

    async fn a_wrong_password_is_told_beside_the_field(app: TestApp) {
        let browser = Browser::new(app);
        let fields = [("email", "nobody@example.com"), ("password", "wrong"), ("return_to", "//evil.example")];
        let answer = browser.post("/ui/holder_sign_in", &fields).await;
        assert_eq!(answer.location, "/holder/signin");
        assert!(browser.get("/holder/signin").await.html.contains("aria-invalid"));
    }

    async fn signing_out_ends_the_session_for_every_copy_of_the_cookie(app: TestApp) {
        let shop = Shop::open(app).await;
        let browser = Browser::new(app);
        browser.sign_in_as_buyer_of(&shop).await;
        assert_eq!(browser.get("/holder").await.status, 200);
        assert_eq!(browser.post("/ui/holder_sign_out", &[]).await.location, "/holder/signin?notice=signed-out");
        assert!(browser.get("/holder").await.location.starts_with("/holder/signin"));
    }

    async fn a_device_is_connected(app: TestApp) {
        let shop = Shop::open(app).await;
        let begun = shop.send("/oauth/device_authorization", &[("scope", "openid")]).await;
        let user_code = begun.text("/user_code");
        let browser = Browser::new(app);
        browser.sign_in_as_buyer_of(&shop).await;
        assert!(browser.get("/device?user_code=BCDF-GHJK").await.html.contains("There is no device"));
        let page = browser.get(&format!("/device?user_code={user_code}")).await.html;
        assert!(page.contains(&user_code) && page.contains("Shop asks for access"), "{page}");
        let answer = browser.post("/ui/decide_device", &[("user_code", &user_code), ("decision", "allow")]).await;
        assert_eq!(answer.location, "/device?notice=allowed");
        assert!(browser.get(&answer.location).await.html.contains("Your device is connected"));
    }

    async fn what_a_stranger_wrote_is_not_on_the_page(app: TestApp) {
        let browser = Browser::new(app);
        let refused = browser.get("/consent?refused=invalid_request").await;
        assert_eq!(refused.status, 400);
        assert!(refused.html.contains("invalid_request"));
        let unknown = browser.get("/consent?refused=%3Cscript%3Ealert(1)").await;
        assert_eq!(unknown.status, 410);
        // Links to the same page in the other language carry its address, encoded; the page itself does not.
        let (_, shown) = unknown.html.split_once("<main").unwrap();
        assert!(!shown.contains("alert(1)") && !unknown.html.contains("<script>alert"), "{}", unknown.html);
    }
    async fn a_holder_is_signed_in_for_an_hour_and_not_longer_for_being_there(app: TestApp) {
        let shop = Shop::open(app).await;
        let browser = Browser::new(app);
        browser.sign_in_as_buyer_of(&shop).await;
        for _ in 0..2 {
            app.clock.advance(30 * 60 * 1000 - 1);
            assert_eq!(browser.get("/holder").await.status, 200);
        }
        app.clock.advance(2);
        assert!(browser.get("/holder").await.location.starts_with("/holder/signin"));
    }
}
