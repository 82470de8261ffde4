//! What the document shows by example is what the server takes, and what it answers.

use serde_json::{Value, json};

use crate::support::{Answer, Partner, TestApp, on_both_databases};

const REDIRECT_URI: &str = "https://shop.example/callback";

fn document() -> Value {
    serde_json::to_value(tallyport_server::api::document()).unwrap()
}

/// What a reader of the document takes for the example of a body.
fn shown(document: &Value, content: &Value) -> Value {
    if !content["example"].is_null() {
        return content["example"].clone();
    }
    composed(document, &content["schema"])
}

fn composed(document: &Value, schema: &Value) -> Value {
    let target = schema["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    let schema = target.map_or(schema, |target| document.pointer(target).unwrap());
    if !schema["example"].is_null() {
        return schema["example"].clone();
    }
    let fields = schema["properties"].as_object().unwrap_or_else(|| panic!("no example of {schema}"));
    fields.iter().map(|(name, field)| (name.clone(), composed(document, field))).collect()
}

/// The status and the example of an operation's success; no example where nothing comes back.
fn success(document: &Value, operation: &Value) -> (u16, Option<Value>) {
    let answers = operation["responses"].as_object().unwrap();
    let (status, answer) = answers.iter().find(|(status, _)| status.starts_with('2')).unwrap();
    let content = &answer["content"]["application/json"];
    (status.parse().unwrap(), (!content.is_null()).then(|| shown(document, content)))
}

fn names(object: &Value) -> Vec<&String> {
    let mut names: Vec<&String> = object.as_object().unwrap_or_else(|| panic!("{object}")).keys().collect();
    names.sort();
    names
}

/// An operation of the document: its path, its method, and what is said about it.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, item)| {
            let operations = item.as_object().unwrap().iter();
            operations.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
        .collect()
}

/// A partner with money, and the objects that an example has to name.
struct Ground {
    partner: Partner,
    payment: String,
    account: String,
}

impl Ground {
    async fn on(app: &TestApp) -> Self {
        let (partner, friend) = (app.partner("Shop").await, app.partner("Friend").await);
        let much = json!({ "amount": "5000.00", "currency": "USD" });
        for owner in [&partner, &friend] {
            assert_eq!(app.send(app.money_call(owner, "/v1/top_ups", "much", &much)).await.status, 201);
        }
        let account = app.send(app.get("/v1/balances").bearer(&friend.token)).await.text("/data/0/id");
        let payment = app.send(app.payment(&partner, "A-1000", "100.00")).await.text("/id");
        let uris = app.services.set_redirect_uris(&partner.member, partner.application_id, REDIRECT_URI);
        uris.await.unwrap();
        Self { partner, payment, account }
    }

    /// A call as its example shows it, with the ids of things that there are.
    async fn call(&self, app: &TestApp, path: &str, mut body: Value) -> Answer {
        if path.starts_with("/oauth/") {
            let pairs = body.as_object().unwrap().iter().map(|(name, value)| (name, value.as_str().unwrap()));
            let url = reqwest::Url::parse_with_params("http://form", pairs).unwrap();
            let request = app.post(path).basic(&self.partner.api_key, &self.partner.api_secret);
            return app.send(request.form(url.query().unwrap())).await;
        }
        for (name, id) in [("payment_id", &self.payment), ("to_account", &self.account)] {
            if let Some(named) = body.get_mut(name) {
                *named = json!(id);
            }
        }
        let held = json!({
            "order_id": path, "amount": "100.00", "currency": "USD", "method": "card_ok", "capture": "manual",
        });
        let path = match path.contains("{id}") {
            true => path.replace("{id}", &app.send(app.payment_of(&self.partner, path, &held)).await.text("/id")),
            false => path.to_owned(),
        };
        app.send(app.money_call(&self.partner, &path, "example", &body)).await
    }
}

/// Makes every call that the document shows with a body.
async fn make_all(app: &TestApp, document: &Value) -> Ground {
    let ground = Ground::on(app).await;
    let mut made = 0;
    for (path, _, operation) in operations(document) {
        let Some(content) = operation["requestBody"]["content"].as_object() else { continue };
        let body = shown(document, content.values().next().unwrap());
        let answer = ground.call(app, path, body.clone()).await;
        let (status, example) = success(document, operation);
        assert_eq!(answer.status, status, "{path} {body}: {answer:?}");
        if let (Some(example), true) = (example, path.starts_with("/v1/")) {
            let answer = answer.json();
            assert_eq!(names(&answer), names(&example), "{path}");
            assert_eq!(answer["object"], example["object"], "{path}");
        }
        made += 1;
    }
    assert!(made >= 14, "{made}");
    ground
}

on_both_databases! {
    async fn every_call_that_is_shown_is_taken_and_answered_as_shown(app: TestApp) {
        make_all(app, &document()).await;
    }

    async fn every_list_is_shown_with_an_object_as_it_is(app: TestApp) {
        let document = document();
        let ground = make_all(app, &document).await;
        let mut lists = 0;
        for (path, _, operation) in operations(&document) {
            let Some(page) = success(&document, operation).1.filter(|example| example["object"] == "list") else { continue };
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let needed = parameters.filter(|parameter| parameter["required"] == true);
            let query: Vec<String> = needed
                .map(|one| format!("{}={}", one["name"].as_str().unwrap(), one["example"].as_str().unwrap()))
                .collect();
            let answer = app.send(app.get(&format!("{path}?{}", query.join("&"))).bearer(&ground.partner.token)).await;
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            let answer = answer.json();
            assert_eq!(names(&answer), names(&page), "{path}");
            assert_eq!(names(&answer["data"][0]), names(&page["data"][0]), "{path}");
            assert_eq!(answer["data"][0]["object"], page["data"][0]["object"], "{path}");
            // A page that nothing stands behind has no cursor.
            assert_eq!((&page["has_more"], &page["next_cursor"]), (&json!(false), &json!(null)), "{path}");
            lists += 1;
        }
        assert!(lists >= 8, "{lists}");
    }
}
