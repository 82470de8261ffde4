//! Every page and every form as everybody.

use crate::ground::{Ground, PEOPLE, class};
use crate::routes::{OTHERS, PAGES};
use crate::support::on_both_databases;
use crate::table::{Row, rows};

/// What a person is answered.
async fn answered(ground: &Ground<'_>, row: &Row, person: &str) -> String {
    let path = ground.fill(&row.path).await;
    let sent = ground.fill(&row.sent).await;
    let is_form = row.method == "POST";
    let request = if is_form {
        ground.app.post(&path).header("sec-fetch-site", "same-origin").form(&sent)
    } else if sent.is_empty() {
        ground.app.get(&path)
    } else {
        ground.app.get(&format!("{path}?{sent}"))
    };
    let request = ground.as_person(person, request).await;
    let before = ground.last_entry().await;
    let answer = ground.app.send(request).await;
    let class = class(&answer, ground.last_entry().await > before);
    if is_form {
        ground.check_session(person).await;
    }
    class
}

/// Calls everything as everybody, and tells all differences at once.
async fn check(ground: &Ground<'_>, heading: &str) {
    let rows = rows(heading);
    let mut differences = Vec::new();
    for row in &rows {
        // The least powerful come first: what they are refused changes nothing for the others.
        for person in PEOPLE {
            let (expected, answered) = (row.expects(person), answered(ground, row, person).await);
            if answered != expected {
                differences.push(format!("{} as {person}: {answered} instead of {expected}", row.route()));
            }
        }
    }
    println!("{heading}: {} routes, {} calls", rows.len(), rows.len() * PEOPLE.len());
    assert!(differences.is_empty(), "{differences:#?}");
}

on_both_databases! {
    async fn every_page_and_form_answers_everybody_as_the_document_says(app: TestApp) {
        check(&Ground::on(app).await, PAGES).await;
    }

    async fn everything_else_answers_everybody_as_the_document_says(app: TestApp) {
        check(&Ground::on(app).await, OTHERS).await;
    }
}
