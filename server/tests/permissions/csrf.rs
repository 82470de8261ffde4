//! No form of another site changes anything, whoever is tricked into posting it.

use crate::ground::Ground;
use crate::routes::{OTHERS, PAGES, functions};
use crate::support::on_both_databases;
use crate::table::rows;

/// What browsers say about a form that stood on another page than ours.
const FOREIGN: [&[(&str, &str)]; 5] = [
    &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
    &[("sec-fetch-site", "same-site"), ("origin", "https://evil.example")],
    &[("sec-fetch-site", "cross-site")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
];

on_both_databases! {
    async fn every_post_of_another_site_is_refused(app: TestApp) {
        let ground = Ground::on(app).await;
        let mut tried = 0;
        let others = rows(OTHERS).into_iter().filter(|row| row.method == "POST");
        let functions = rows(PAGES).into_iter().filter(|row| functions().contains(&row.route()));
        for row in functions.chain(others) {
            // Whoever may do most is the one worth tricking.
            for person in ["owner", "administrator"] {
                let (path, sent) = (ground.fill(&row.path).await, ground.fill(&row.sent).await);
                let session = ground.as_person(person, ground.app.get("/")).await;
                let cookie = session.value("cookie");
                let before = ground.counts().await;
                for headers in FOREIGN {
                    let mut request = app.post(&path).header("accept", "text/html").header("cookie", &cookie);
                    for (name, value) in headers {
                        request = request.header(name, value);
                    }
                    let answer = app.send(request.form(&sent)).await;
                    assert_eq!(answer.status, 403, "{} as {person} with {headers:?}", row.route());
                    assert_eq!(answer.header("set-cookie"), "", "{} as {person} with {headers:?}", row.route());
                    tried += 1;
                }
                assert_eq!(ground.counts().await, before, "{} as {person}", row.route());
            }
        }
        println!("{tried} forged posts refused");
    }

    async fn no_server_function_answers_a_get(app: TestApp) {
        let ground = Ground::on(app).await;
        for row in rows(PAGES).iter().filter(|row| functions().contains(&row.route())) {
            let sent = ground.fill(&row.sent).await;
            let request = ground.as_person("administrator", app.get(&format!("{}?{sent}", row.path))).await;
            let before = ground.counts().await;
            let answer = app.send(request).await;
            assert!([404, 405].contains(&answer.status), "{}: {}", row.path, answer.status);
            assert_eq!(ground.counts().await, before, "{}", row.path);
        }
    }
}
