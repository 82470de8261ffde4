//! Reference and error pages.

use tallyport_app::ApiReference;
use tallyport_contract::{ErrorCode, Language};

use crate::browser::{Browser, Page};
use crate::support::TestApp;

fn reference() -> ApiReference {
    ApiReference::read(&tallyport_server::api::document().to_json().unwrap()).unwrap()
}

async fn page_in(browser: &Browser<'_>, path: &str, language: Language) -> Page {
    let page = browser.get(&format!("{path}?lang={}", language.tag())).await;
    assert_eq!(page.status, 200, "{path}");
    page.assert_shows(&format!("<html lang=\"{}\"", language.tag()));
    page
}

#[test]
fn every_text_of_the_document_exists_in_chinese() {
    assert_eq!(reference().untranslated(), [""; 0]);
}

#[test]
fn no_chinese_text_has_outlived_its_english() {
    assert_eq!(reference().stale_translations(), [""; 0]);
}

#[tokio::test]
async fn every_operation_has_a_page_in_both_languages() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    let reference = reference();
    assert!(reference.operation_ids().count() >= 3);
    for language in Language::ALL {
        let index = page_in(&browser, "/docs/api", language).await;
        for id in reference.operation_ids() {
            index.assert_shows(&format!("href=\"/docs/api/{id}\""));
            let page = page_in(&browser, &format!("/docs/api/{id}"), language).await;
            // Six programs each, with the address of this server in them.
            assert_eq!(page.html.matches("class=\"tabs-choice\"").count(), 6, "{id}");
            page.assert_shows(&app.url(""));
            assert!(!page.html.contains("{{"), "{id} leaves a placeholder");
        }
    }
}

#[tokio::test]
async fn an_operation_shows_its_fields_rules_answers_and_codes() {
    let app = TestApp::sqlite().await;
    let page = page_in(&Browser::new(&app), "/docs/api/createPayment", Language::En).await;
    for text in ["order_id", "1 to 64 characters", "Idempotency-Key", "payments:write", "captured_amount"] {
        page.assert_shows(text);
    }
    page.assert_shows("href=\"/docs/errors/order_already_paid\"");
    assert!(!page.html.contains("href=\"/docs/errors/not_found\""));
    let page = page_in(&Browser::new(&app), "/docs/api/createPayment", Language::Zh).await;
    for text in ["发起支付", "1 至 64 个字符", "您自己的订单号"] {
        page.assert_shows(text);
    }
}

#[tokio::test]
async fn every_error_code_has_a_page_in_both_languages() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    for language in Language::ALL {
        let index = page_in(&browser, "/docs/errors", language).await;
        for code in ErrorCode::ALL {
            let path = format!("/docs/errors/{}", code.as_str());
            index.assert_shows(&format!("href=\"{path}\""));
            let page = page_in(&browser, &path, language).await;
            page.assert_shows(code.title().in_language(language));
            page.assert_shows(&code.status().to_string());
        }
    }
}

#[tokio::test]
async fn the_type_of_a_problem_is_the_address_of_its_page() {
    let app = TestApp::sqlite().await;
    let problem = app.send(app.get("/v1/payments/pay_none")).await.assert_problem(401, "authentication_required");
    let path = problem["type"].as_str().unwrap().strip_prefix(&app.url("")).unwrap().to_owned();
    assert_eq!(Browser::new(&app).get(&path).await.status, 200);
}

#[tokio::test]
async fn what_the_document_does_not_know_has_no_page() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    for path in ["/docs/api/makeCoffee", "/docs/errors/teapot", "/docs/errors/ORDER_ALREADY_PAID"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn samples_hold_the_readers_own_key_and_nobody_elses() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, "ada@example.com").await;
    let stranger = app.partner("Stranger").await;
    let without = browser.get("/docs/api/getPayment").await;
    without.assert_shows("API_KEY and API_SECRET come from the environment");
    let made = browser.post("/ui/make_application", &[("name", "Bookshop")]).await;
    let shown = browser.get(&made.location).await;
    let key = shown.between("API_KEY='", "'");
    for id in ["issueToken", "createPayment", "getPayment"] {
        let page = browser.get(&format!("/docs/api/{id}")).await;
        assert_eq!(page.html.matches(&format!("API_KEY={key}")).count(), 1, "{id} in bash");
        assert!(page.html.matches(key).count() >= 6, "{id}");
        assert!(!page.html.contains("sk_sandbox_") && !page.html.contains(&stranger.api_key), "{id}");
    }
}
