//! Keeping somebody out.

use tallyport_domain::Role;
use tallyport_domain::administration::AccountState;
use tallyport_service::admin::{AdminRefusal, Authority, REASON_LENGTH_MAX};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;

use crate::ground::Ground;

async fn open_session(test: &TestDb, developer: &str) {
    let bytes = if test.url_text().starts_with("sqlite") { "BLOB" } else { "BYTEA" };
    test.execute(&format!(
        "INSERT INTO sessions (id_hash, developer_id, data, device, network, created_at_ms, seen_at_ms, expires_at_ms) \
         VALUES (CAST('{developer}' AS {bytes}), '{developer}', '{{}}', 'Firefox', '192.0.2.1', 1, 2, 9000000000000000)",
    ))
    .await;
}

both_databases! {
    async fn suspending_ends_sessions_mails_and_leaves_an_entry(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let by = Authority::Person(ada.clone());
        let bob = ground.person("Bob", Role::Developer).await.developer_id;
        open_session(test, &bob.to_string()).await;
        assert_eq!(ground.services.find_person(&ada, bob).await.unwrap().unwrap().sessions.len(), 1);

        ground.services.suspend_person(&by, bob, " Card tests on live merchants ").await.unwrap();
        let seen = ground.services.find_person(&ada, bob).await.unwrap().unwrap();
        assert_eq!((seen.person.state(), seen.sessions.len()), (AccountState::Suspended, 0));
        let mails = ground.services.list_mails(10).await.unwrap();
        assert!(mails[0].letter.text.contains("Reason: Card tests on live merchants"), "{:?}", mails[0].letter.text);
        let refusal = ground.services.suspend_person(&by, bob, "again").await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::NotNow), "{refusal}");

        ground.services.unsuspend_person(&by, bob, "cleared up").await.unwrap();
        let seen = ground.services.find_person(&ada, bob).await.unwrap().unwrap();
        assert_eq!(seen.person.state(), AccountState::Active);
        let refusal = ground.services.unsuspend_person(&by, bob, "again").await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::NotNow), "{refusal}");
        let entries = test.number(&format!("SELECT count(*) FROM audit_entries WHERE object = '{bob}'")).await;
        assert_eq!(entries, 2);
    }

    async fn nobody_suspends_themselves_nor_without_a_reason(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let by = Authority::Person(ada.clone());
        let refusal = ground.services.suspend_person(&by, ada.member().developer_id, "why not").await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::Oneself), "{refusal}");
        let bob = ground.person("Bob", Role::Developer).await.developer_id;
        for why in ["", "  ", "bell \u{7}", &"x".repeat(REASON_LENGTH_MAX + 1)] {
            let refusal = ground.services.suspend_person(&by, bob, why).await.unwrap_err();
            assert!(matches!(refusal, AdminRefusal::Reason), "{refusal}");
        }
        assert_eq!(test.number("SELECT count(*) FROM audit_entries").await, 0);
        assert_eq!(ground.services.list_mails(10).await.unwrap(), []);
    }
}
